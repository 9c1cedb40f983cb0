import { signIn } from "../../../contract/accounts.ts";
import { wirePageGrant } from "../../../contract/web.ts";
import { replyToAccount } from "../../http/reply-to-page.ts";
import { defineForPage } from "../../page-endpoint.ts";
import { signInWithLimit } from "../auth/log-in.ts";

export const logInToPage = defineForPage({
  method: "post",
  path: "/api/web/login",
  operation: "logInToPage",
  summary: "Sign in to the page",
  description: "As `POST /api/auth/login`, with the refresh token in a cookie that no script can read.",
  body: signIn,
  responses: { 200: { description: "You are signed in", schema: wirePageGrant, headers: ["Set-Cookie"] } },
  errors: ["unauthorized", "quota_exceeded"],
  handle: async (call) => replyToAccount(200, await signInWithLimit(call), call.context),
});
