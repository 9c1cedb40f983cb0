import type { Grant } from "../../../domain/accounts.ts";
import { type Credentials, logIn as signIn } from "../../../services/accounts/sign-in.ts";
import { wireGrant } from "../../../contract/account-replies.ts";
import { signIn as credentials } from "../../../contract/accounts.ts";
import { type AccountCall, defineOpen } from "../../account-endpoint.ts";
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
  handle: async (call) => replyWithGrant(200, await signInWithLimit(call), call.context),
});

/** Signs in, and limits how often somebody is wrong. */
export function signInWithLimit(call: AccountCall<Credentials>): Promise<Grant> {
  const { accounts, body } = call;
  const guess = { by: { email: body.email }, kind: "sign_in", wrong: "unauthorized" } as const;
  return limitPasswordGuesses(call, guess, () => signIn(accounts, body));
}
