import { TodoError } from "../../domain/errors.ts";
import type { RequestContext } from "../request-context.ts";

/**
 * Where people reach this server: what TODO_PUBLIC_URL says, else what the request was sent to. Throws `invalid_input` where that
 * names no host.
 */
export function readOrigin({ request, deps, readPeer }: RequestContext): string {
  if (deps.publicUrl !== null) return deps.publicUrl;
  // Of a request whose host is missing, or is none, Bun gives the path alone.
  const url = URL.parse(request.url);
  if (!url) throw new TodoError("invalid_input", "the header Host must say where the request is sent to");
  const isSecured = deps.isTrustedProxy(readPeer() ?? "") && request.headers.get("x-forwarded-proto") === "https";
  return `${isSecured ? "https:" : url.protocol}//${url.host}`;
}
