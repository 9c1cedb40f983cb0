import { registration } from "../../../contract/accounts.ts";
import { wirePageGrant } from "../../../contract/web.ts";
import { replyToAccount } from "../../http/reply-to-page.ts";
import { defineForPage } from "../../page-endpoint.ts";
import { signUpWithLimit } from "../auth/register.ts";

export const registerInPage = defineForPage({
  method: "post",
  path: "/api/web/register",
  operation: "registerInPage",
  summary: "Make an account in the page",
  description: "As `POST /api/auth/register`, with the refresh token in a cookie that no script can read.",
  body: registration,
  responses: {
    201: { description: "The account is made and signed in", schema: wirePageGrant, headers: ["Set-Cookie"] },
  },
  errors: ["conflict", "quota_exceeded"],
  handle: async (call) => replyToAccount(201, await signUpWithLimit(call), call.context),
});
