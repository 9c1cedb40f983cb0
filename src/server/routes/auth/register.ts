import type { Grant } from "../../../domain/accounts.ts";
import { checkPassword } from "../../../services/accounts/check-password.ts";
import { type Registration, register as signUp } from "../../../services/accounts/sign-in.ts";
import { wireGrant } from "../../../contract/account-replies.ts";
import { registration } from "../../../contract/accounts.ts";
import { type AccountCall, defineOpen } from "../../account-endpoint.ts";
import { replyWithGrant } from "../../http/reply-with-grant.ts";

export const register = defineOpen({
  method: "post",
  path: "/api/auth/register",
  operation: "register",
  summary: "Make an account",
  description:
    "The first account is anyone's to make, the others need an invitation, unless TODO_SIGNUP says otherwise. It is signed in then.",
  body: registration,
  responses: { 201: { description: "The account is made and signed in", schema: wireGrant } },
  errors: ["forbidden", "conflict", "quota_exceeded"],
  handle: async (call) => replyWithGrant(201, await signUpWithLimit(call), call.context),
});

/** Makes an account, and limits how many a network makes. */
export function signUpWithLimit({ accounts, body, limits, networks }: AccountCall<Registration>): Promise<Grant> {
  // A rejected password costs nothing, so that people can choose another.
  checkPassword(body.password, body.email);
  limits.signUps.consume(networks);
  return signUp(accounts, body);
}
