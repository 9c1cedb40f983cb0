import { deleteAccount as remove } from "../../services/accounts/own-account.ts";
import { deletion } from "../../contract/accounts.ts";
import { defineForAccount } from "../account-endpoint.ts";
import { noQuery } from "../endpoint.ts";
import { limitPasswordAttempts } from "../limits/limit-password-attempts.ts";

export const deleteAccount = defineForAccount({
  method: "delete",
  path: "/api/me",
  operation: "deleteAccount",
  summary: "Delete your account",
  description: "Your tasks, devices and tokens go with it. Nothing brings them back.",
  query: noQuery,
  body: deletion,
  responses: { 204: { description: "The account is gone" } },
  handle: async ({ accounts, holder: { account }, body, limits, network }) => {
    await limitPasswordAttempts(limits.failures, { network, account }, () => remove(accounts, account, body.password));
    return { status: 204 };
  },
});
