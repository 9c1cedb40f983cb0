import type { RequestContext, ServerDeps } from "../request-context.ts";
import { readHop } from "./address.ts";

/** No real chain of proxies is longer. */
const MAX_HOPS = 20;

/** The parts of a request that tell its address. */
type Caller = Pick<RequestContext, "request" | "readPeer"> & { readonly deps: Pick<ServerDeps, "isTrustedProxy"> };

/**
 * The client's address: the socket's, or the one that the proxies saw. Each proxy appends its own client to
 * `X-Forwarded-For`, so it is read from the end while the writer is a trusted proxy. Everything further left is the
 * client's own claim and proves nothing.
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

/** The elements of `X-Forwarded-For`, last one first. */
function readForwarded({ headers }: Request): string[] {
  return (headers.get("x-forwarded-for") ?? "").split(",").slice(-MAX_HOPS).toReversed();
}
