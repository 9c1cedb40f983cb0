import { TodoError } from "../domain/errors.ts";
import { isLoopback } from "../domain/loopback.ts";
import { isPrivateHost } from "../domain/private-network.ts";

/** Wording for messages: the name of the URL, an example, and the risk of sending without https. */
type Wording = { readonly name: string; readonly example: string; readonly risk: string };
type SafeUrl = Wording & {
  /** True if http is safe enough everywhere. */
  readonly mayBeHttp?: boolean;
  /** True if http may be used in a network of the user's own. Whoever calls it there asks the user before. */
  readonly mayBePrivate?: boolean;
};

/**
 * The URL of a server that is safe to call: https, or http on this machine. Throws `usage`; no message repeats the
 * text.
 */
export function readSafeUrl(
  text: string,
  { name, example, risk, mayBeHttp = false, mayBePrivate = false }: SafeUrl,
): URL {
  const url = URL.parse(text);
  if (!url) throw usage(`${name} is not a URL`, `Write it as: ${example}`);
  const isLocal = isLoopback(url.hostname) || (mayBePrivate && isPrivateHost(url.hostname));
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (mayBeHttp || isLocal))) {
    throw usage(`${name} is not https: ${risk}`, "Use https, or http on localhost.");
  }
  if (url.username || url.password) {
    throw usage(`${name} holds credentials, which would end up in logs`, "Use a URL without user and password.");
  }
  return url;
}

function usage(message: string, hint: string): TodoError {
  return new TodoError("usage", message, { hints: [hint] });
}
