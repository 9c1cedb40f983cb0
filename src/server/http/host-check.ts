import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";

/** Names that always mean this machine (RFC 6761, 6.3), as a Host header spells them. */
const LOCAL = /^(?:(?:[\w-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?$/i;

/** Throws `misdirected_request` for a request that names a host which is not this server's. */
export type CheckHost = (request: Request) => void;

/**
 * The check of a server that listens on `listening`. On a loopback address only names of this machine and the host of
 * the public URL are its own. A web page can let its own name lead here (DNS rebinding), and its requests then count as
 * of the same origin. Headers of proxies are not asked: such a page can send them too. A request without a host is no
 * browser's.
 */
export function createHostCheck(listening: string, publicUrl: string | null): CheckHost {
  if (!isLoopback(canonicalize(listening))) return () => undefined;
  const publicName = publicUrl === null ? null : new URL(publicUrl).hostname;
  let known = "";
  return ({ headers }) => {
    const host = headers.get("host") ?? "";
    // Nearly all requests name the same host as the one before.
    if (host === known || host === "") return;
    if (!LOCAL.test(host) && readName(host) !== publicName) throw misdirected();
    known = host;
  };
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
    "this server listens on its own machine alone and does not have the name that the request gives it; TODO_PUBLIC_URL can name it",
  );
}
