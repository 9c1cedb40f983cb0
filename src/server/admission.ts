import { TodoError } from "../domain/errors.ts";
import type { Identity } from "../services/tokens/identity.ts";
import { enrolUser } from "../services/users.ts";
import type { Exchange } from "./exchange.ts";

const WRITE_SCOPE = "tasks:write";

/** Says who sends the request. Throws `unauthorized`, `unavailable` or `rate_limited`. */
export async function admit(exchange: Exchange): Promise<Identity> {
  const { request, parts } = exchange;
  const identity = await parts.authenticate(request.headers.get("authorization"));
  exchange.user = identity.user;
  parts.limitUser(() => identity.user);
  await enrolUser(parts.store, identity.user);
  return identity;
}

/** Throws `insufficient_scope` for a token whose scopes don't let it write. One without scopes may do everything. */
export function requireScope({ scopes }: Identity): void {
  if (scopes === null || scopes.includes(WRITE_SCOPE)) return;
  throw new TodoError("insufficient_scope", `the token's scope lacks ${WRITE_SCOPE}`);
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
