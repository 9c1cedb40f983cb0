import { endOf } from "../../services/tokens/identity.ts";
import { type WireIdentity, wireIdentity } from "../../contract/replies.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { replyWith } from "../http/reply.ts";

export const getIdentity = defineEndpoint({
  method: "get",
  path: "/api/me",
  access: "token",
  operation: "getIdentity",
  summary: "Say who you are",
  description: "Any token may ask, whatever its scopes, so that it can be seen what they are.",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "Who the token says you are", schema: wireIdentity } },
  handle: async ({ identity }) => {
    const { user, email, name, issuer, scopes, expiresAt } = identity;
    const me = {
      id: user,
      email,
      name,
      issuer,
      scopes: scopes && [...scopes],
      expires_at: endOf({ expiresAt }),
    } satisfies WireIdentity;
    return replyWith(200, me);
  },
});
