import { deleteAccount as remove } from "../../services/accounts/own-account.ts";
import { deletion } from "../../contract/accounts.ts";
import { defineForAccount } from "../account-endpoint.ts";
import { noQuery } from "../endpoint.ts";
import { limitFailedAttempts } from "../limits/limit-failed-attempts.ts";

export const deleteAccount = defineForAccount({
  method: "delete",
  path: "/api/me",
  operation: "deleteAccount",
  summary: "Delete your account",
  description: "Your tasks, devices and tokens go with it. Nothing brings them back.",
  query: noQuery,
  body: deletion,
  responses: { 204: { description: "The account is gone" } },
  handle: async ({ accounts, holder, body, limits, network }) => {
    const guess = { key: `${network} ${holder.account}`, wrong: "forbidden" } as const;
    await limitFailedAttempts(limits.failures, guess, () => remove(accounts, holder.account, body.password));
    return { status: 204 };
  },
});
