import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import { isHostName, isPrivateHost } from "../../domain/private-network.ts";

/** Names that always mean this machine (RFC 6761, 6.3), as a Host header spells them. */
const LOCAL = /^(?:(?:[\w-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?$/i;

/** Throws `misdirected_request` for a request that names a host which is not this server's. */
export type CheckHost = (request: Request) => void;

/**
 * The check of a server that listens on `listening`. On a loopback address only names of this machine and the host of
 * the public URL are its own. One that others reach takes any name, unless nobody told it one (`isUnnamed`): then
 * addresses and names of private networks are its own as well. A web page can let its own name lead here (DNS
 * rebinding), and its requests then count as of the same origin. Headers of proxies are not asked: such a page can send
 * them too. A request without a host is no browser's.
 */
export function createHostCheck(listening: string, publicUrl: string | null, isUnnamed = false): CheckHost {
  const own = canonicalize(listening);
  const isLocal = isLoopback(own);
  if (!isLocal && !isUnnamed) return () => undefined;
  const publicName = publicUrl === null ? null : new URL(publicUrl).hostname;
  const isOwn = (name: string) => name === publicName || (!isLocal && (name === own || isAtHome(name)));
  let known = "";
  return ({ headers }) => {
    const host = headers.get("host") ?? "";
    // Nearly all requests name the same host as the one before.
    if (host === known || host === "") return;
    if (!LOCAL.test(host) && !isOwn(readName(host))) throw misdirected();
    known = host;
  };
}

/** No web page has an address or a name of a private network, unless it is served there. */
function isAtHome(name: string): boolean {
  return isPrivateHost(name) || (!isHostName(name) && URL.canParse(`http://${name}`));
}

/** The host as URLs spell it: `127.1` is 127.0.0.1. */
function canonicalize(host: string): string {
  return URL.parse(`http://${host.includes(":") ? `[${host}]` : host}`)?.hostname ?? host;
}

function readName(host: string): string {
  return host.replace(/\.?(?::\d*)?$/, "").toLowerCase();
}

function misdirected(): TodoError {
  return new TodoError(
    "misdirected_request",
    "the request gives this server a name that it does not have; TODO_PUBLIC_URL can name it",
  );
}
