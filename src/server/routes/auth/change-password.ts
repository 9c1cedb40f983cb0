import { changePassword as change } from "../../../services/accounts/own-account.ts";
import { passwordChange } from "../../../contract/accounts.ts";
import { defineForAccount } from "../../account-endpoint.ts";
import { noQuery } from "../../endpoint.ts";
import { limitFailedAttempts } from "../../limits/limit-failed-attempts.ts";

export const changePassword = defineForAccount({
  method: "post",
  path: "/api/auth/password",
  operation: "changePassword",
  summary: "Change your password",
  description: "All your other devices are signed out.",
  query: noQuery,
  body: passwordChange,
  responses: { 204: { description: "The password is changed" } },
  handle: async ({ accounts, holder, body, limits, network }) => {
    const guess = { key: `${network} ${holder.account}`, wrong: "forbidden" } as const;
    const passwords = { current: body.current_password, next: body.new_password };
    await limitFailedAttempts(limits.failures, guess, () => change(accounts, holder, passwords));
    return { status: 204 };
  },
});
