import { TodoError } from "../../domain/errors.ts";
import type { RequestContext } from "../request-context.ts";

/**
 * The public base URL of this server: TODO_PUBLIC_URL, else the address that the request was sent to with the base
 * path. Throws `invalid_input` if the request names no host.
 */
export function readBaseUrl({ request, deps, readPeer }: RequestContext): string {
  if (deps.publicUrl !== null) return deps.publicUrl;
  // If the host is missing or malformed, Bun gives only the path.
  const url = URL.parse(request.url);
  if (!url) throw new TodoError("invalid_input", "the header Host must say where the request is sent to");
  const isSecured = deps.isTrustedProxy(readPeer() ?? "") && request.headers.get("x-forwarded-proto") === "https";
  return `${isSecured ? "https:" : url.protocol}//${url.host}${deps.basePath}`;
}
