import { logIn as signIn } from "../../../services/accounts/sign-in.ts";
import { wireGrant } from "../../../contract/account-replies.ts";
import { signIn as credentials } from "../../../contract/accounts.ts";
import { defineOpen } from "../../account-endpoint.ts";
import { limitFailedAttempts } from "../../limits/limit-failed-attempts.ts";
import { replyWithGrant } from "../../http/reply-with-grant.ts";

export const logIn = defineOpen({
  method: "post",
  path: "/api/auth/login",
  operation: "logIn",
  summary: "Sign in",
  description: "An unknown e-mail address and a wrong password are answered alike.",
  body: credentials,
  responses: { 200: { description: "You are signed in", schema: wireGrant } },
  errors: ["unauthorized", "forbidden"],
  handle: async ({ accounts, body, limits, network, context }) => {
    limits.signIns.consume(() => network);
    // Failures from elsewhere must not lock out the owner of the account.
    const guess = { key: `${network} ${body.email}`, wrong: "unauthorized" } as const;
    const granted = await limitFailedAttempts(limits.failures, guess, () => signIn(accounts, body));
    return replyWithGrant(200, granted, context);
  },
});
