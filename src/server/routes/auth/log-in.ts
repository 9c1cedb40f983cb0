import { logIn as signIn } from "../../../services/accounts/sign-in.ts";
import { wireGrant } from "../../../contract/account-replies.ts";
import { signIn as credentials } from "../../../contract/accounts.ts";
import { defineOpen } from "../../account-endpoint.ts";
import { limitPasswordGuesses } from "../../limits/limit-password-guesses.ts";
import { replyWithGrant } from "../../http/reply-with-grant.ts";

export const logIn = defineOpen({
  method: "post",
  path: "/api/auth/login",
  operation: "logIn",
  summary: "Sign in",
  description: "An unknown e-mail address and a wrong password are answered alike.",
  body: credentials,
  responses: { 200: { description: "You are signed in", schema: wireGrant } },
  errors: ["unauthorized", "forbidden", "quota_exceeded"],
  handle: async (call) => {
    const { accounts, body, context } = call;
    const guess = { by: { email: body.email }, kind: "sign_in", wrong: "unauthorized" } as const;
    const granted = await limitPasswordGuesses(call, guess, () => signIn(accounts, body));
    return replyWithGrant(200, granted, context);
  },
});
