import { type WireIdentity, wireIdentity } from "../../services/wire-replies.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { replyWith } from "../reply.ts";

/** The end of the year 9999, behind which ISO 8601 has no dates of four digits. */
const LAST_SECOND = 253_402_300_799;

export const getIdentity = defineEndpoint({
  method: "get",
  path: "/api/me",
  access: "read",
  operation: "getIdentity",
  summary: "Say who you are",
  query: noQuery,
  body: noBody,
  answers: { 200: { description: "Who the token says you are", schema: wireIdentity } },
  handle: async ({ identity: { user, email, name, issuer, scopes, expiresAt } }) => {
    const expires_at = new Date(Math.min(expiresAt, LAST_SECOND) * 1000).toISOString();
    const me = { id: user, email, name, issuer, scopes: scopes && [...scopes], expires_at } satisfies WireIdentity;
    return replyWith(200, me);
  },
});
