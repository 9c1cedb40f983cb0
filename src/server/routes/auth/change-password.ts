import { changePassword as change } from "../../../services/accounts/own-account.ts";
import { passwordChange } from "../../../contract/accounts.ts";
import { defineForAccount } from "../../account-endpoint.ts";
import { noQuery } from "../../endpoint.ts";
import { limitPasswordGuesses } from "../../limits/limit-password-guesses.ts";

export const changePassword = defineForAccount({
  method: "post",
  path: "/api/auth/password",
  operation: "changePassword",
  summary: "Change your password",
  description: "All your other devices are signed out, and your personal tokens end unless `keep_tokens` is true.",
  query: noQuery,
  body: passwordChange,
  responses: { 204: { description: "The password is changed" } },
  handle: async (call) => {
    const { accounts, holder, body } = call;
    const guess = { by: { id: holder.account }, kind: "password_change", wrong: "forbidden" } as const;
    const order = { current: body.current_password, next: body.new_password, keepsTokens: body.keep_tokens };
    await limitPasswordGuesses(call, guess, () => change(accounts, holder, order));
    return { status: 204 };
  },
});
