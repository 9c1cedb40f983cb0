import { renewSession } from "../../../services/accounts/sessions.ts";
import { wireGrant } from "../../../contract/account-replies.ts";
import { refresh } from "../../../contract/accounts.ts";
import { defineOpen } from "../../account-endpoint.ts";
import { replyWithGrant } from "../../http/reply-with-grant.ts";

export const refreshSession = defineOpen({
  method: "post",
  path: "/api/auth/refresh",
  operation: "refreshSession",
  summary: "Renew a session",
  description:
    "A refresh token is good once. For a minute it is answered with the same next one, because an answer can get lost. " +
    "After that, whoever uses it again ends the session. A session ends 180 days after its sign-in, however often it is renewed.",
  body: refresh,
  responses: { 200: { description: "A new access token and the next refresh token", schema: wireGrant } },
  errors: ["unauthorized"],
  handle: async ({ accounts, body, context }) =>
    replyWithGrant(200, await renewSession(accounts, body.refresh_token), context),
});
