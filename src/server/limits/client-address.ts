import type { RequestContext, ServerDeps } from "../request-context.ts";
import { readHop } from "./address.ts";

/** More proxies than anybody has one behind the other. */
const MAX_HOPS = 20;

/** What of a request tells where it comes from. */
type Caller = Pick<RequestContext, "request" | "readPeer"> & { readonly deps: Pick<ServerDeps, "isTrustedProxy"> };

/**
 * Where a request comes from: the socket's address, or that which the proxies saw. Each proxy appends whom it was asked by to
 * `X-Forwarded-For`, so the header is read from its end for as long as the one who wrote it is a proxy of ours. What stands
 * further left is the client's own word and proves nothing.
 */
export function readAddress({ request, deps, readPeer }: Caller): string {
  const peer = readPeer() ?? "";
  if (!deps.isTrustedProxy(peer)) return peer;
  let address = peer;
  for (const element of readForwarded(request)) {
    const hop = readHop(element);
    if (hop === undefined) break;
    address = hop;
    if (!deps.isTrustedProxy(address)) break;
  }
  return address;
}

/** The elements of `X-Forwarded-For`, the last one first. */
function readForwarded({ headers }: Request): string[] {
  return (headers.get("x-forwarded-for") ?? "").split(",").slice(-MAX_HOPS).toReversed();
}
