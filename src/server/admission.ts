import type { Identity } from "../services/tokens/identity.ts";
import { enrolUser } from "../services/users.ts";
import type { Exchange } from "./exchange.ts";

/** Says who sends the request. Throws `unauthorized`, `unavailable` or `rate_limited`. */
export async function admit(exchange: Exchange): Promise<Identity> {
  const { request, parts } = exchange;
  const identity = await parts.authenticate(request.headers.get("authorization"));
  exchange.user = identity.user;
  parts.limitUser(() => identity.user);
  await enrolUser(parts.store, identity.user);
  return identity;
}

/**
 * Where a request comes from: the socket's address, or behind proxies what the outermost of them saw. What stands further left
 * in `X-Forwarded-For` is the client's own word and proves nothing.
 */
export function readAddress({ request, parts, readPeer }: Exchange): string {
  if (parts.proxies === 0) return readPeer() ?? "";
  const hops = (request.headers.get("x-forwarded-for") ?? "").split(",");
  return hops.at(-parts.proxies)?.trim() || (readPeer() ?? "");
}
