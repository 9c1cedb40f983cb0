import type { Identity } from "../../services/tokens/identity.ts";
import type { RequestContext } from "../request-context.ts";

/** Answers who sends the request. Throws `unauthorized`, `unavailable` or `rate_limited`. */
export async function authenticateRequest(context: RequestContext): Promise<Identity> {
  const { request, deps } = context;
  const identity = await deps.authenticate(request.headers.get("authorization"));
  context.user = identity.user;
  deps.limitUser.consume(() => identity.user);
  await deps.users.ensure(identity.user);
  return identity;
}
