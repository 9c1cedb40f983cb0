import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import { isPrivateHost } from "../../domain/private-network.ts";
import { readSafeUrl } from "../../services/safe-url.ts";

const EXAMPLE = "https://todo.example.com";
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
/** The last label of a name has letters alone, or is one of another script as DNS writes it. */
const NAME = String.raw`(?:${LABEL}\.)+(?:\p{L}{2,24}|xn--[a-z\d-]{1,59})\.?`;
const ADDRESS = String.raw`\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]`;
const PATH = String.raw`(?:\/[\w.~-]*)*`;
const BARE_HOST = `^(?:(?:localhost|${NAME}|${ADDRESS})(?::\\d{1,5})?|${LABEL}:\\d{1,5})${PATH}$`;
const BARE_IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i;

/** Whether a word names a server: a URL, or a host that a scheme is put before. Any other word may be a secret. */
export function namesServer(word: string): boolean {
  return /^https?:\/\//i.test(word) || completeUrl(word) !== word;
}

/**
 * The base URL of a server: its origin and the path that it is served below, without a slash at the end. Two paths of
 * one host are two servers, so the path is never dropped. Throws `usage`; messages call the text `name` and never
 * repeat it.
 */
export function readServerUrl(text: string, name: string): string {
  const url = readSafeUrl(text, {
    name,
    example: EXAMPLE,
    risk: "others could read your tokens",
    mayBePrivate: true,
  });
  // Also an empty one. A page of the server that was copied from a browser is not its address.
  if (/[?#]/.test(text)) {
    throw new TodoError("usage", `${name} has a part behind ? or #`, { hints: [`Leave that out: ${EXAMPLE}`] });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether requests to a server are readable by others on their way. */
export function isUnencrypted(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" && !isLoopback(hostname);
}

/** The URL of a bare host. Any other text stays as it is. */
export function completeUrl(text: string): string {
  if (BARE_IPV6.test(text) && URL.canParse(`http://[${text}]`)) return completeUrl(`[${text}]`);
  if (!isBareHost(text)) return text;
  const url = URL.parse(`http://${text}`);
  return url && usesHttp(url) ? `http://${text}` : `https://${text}`;
}

/**
 * Whether a text is a host as people type it. A name of one label needs a port: without one it may as well be a
 * password. No JSON Web Token looks so, because its last part is longer than a top-level domain.
 */
function isBareHost(text: string): boolean {
  // Made here, because most commands read no server.
  return new RegExp(BARE_HOST, "iu").test(text);
}

/** At home a port is that of `todo serve`. Without one there is a proxy with TLS, as everywhere else. */
function usesHttp({ hostname, port }: URL): boolean {
  return isLoopback(hostname) || (isPrivateHost(hostname) && port !== "" && port !== "443");
}
