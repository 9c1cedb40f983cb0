import type { Identity } from "../../services/tokens/identity.ts";
import { enrolUser } from "../../services/users.ts";
import { readHop } from "./address.ts";
import type { Exchange, Parts } from "../exchange.ts";

/** More proxies than anybody has one behind the other. */
const MOST_HOPS = 20;

/** What of an exchange tells where it comes from. */
type Caller = Pick<Exchange, "request" | "readPeer"> & { readonly parts: Pick<Parts, "isTrustedProxy"> };

/** Says who sends the request. Throws `unauthorized`, `unavailable` or `rate_limited`. */
export async function admit(exchange: Exchange): Promise<Identity> {
  const { request, parts } = exchange;
  const identity = await parts.authenticate(request.headers.get("authorization"));
  exchange.user = identity.user;
  parts.limitUser.spend(() => identity.user);
  await enrolUser(parts.store, identity.user);
  return identity;
}

/**
 * Where a request comes from: the socket's address, or that which the proxies saw. Each proxy appends whom it was asked by to
 * `X-Forwarded-For`, so the header is read from its end for as long as the one who wrote it is a proxy of ours. What stands
 * further left is the client's own word and proves nothing.
 */
export function readAddress({ request, parts, readPeer }: Caller): string {
  const peer = readPeer() ?? "";
  if (!parts.isTrustedProxy(peer)) return peer;
  let address = peer;
  for (const element of readForwarded(request)) {
    const hop = readHop(element);
    if (hop === undefined) break;
    address = hop;
    if (!parts.isTrustedProxy(address)) break;
  }
  return address;
}

/** The elements of `X-Forwarded-For`, the last one first. */
function readForwarded({ headers }: Request): string[] {
  return (headers.get("x-forwarded-for") ?? "").split(",").slice(-MOST_HOPS).toReversed();
}
