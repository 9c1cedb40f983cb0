import { deleteAccount as remove } from "../../services/accounts/own-account.ts";
import { deletion } from "../../contract/accounts.ts";
import { defineForAccount } from "../account-endpoint.ts";
import { noQuery } from "../endpoint.ts";
import { limitPasswordGuesses } from "../limits/limit-password-guesses.ts";

export const deleteAccount = defineForAccount({
  method: "delete",
  path: "/api/me",
  operation: "deleteAccount",
  summary: "Delete your account",
  description:
    "Your tasks, devices and tokens go with it. Nothing brings them back, but from copies that whoever runs the server keeps: " +
    "backups, and those from before updates. To remove many tasks takes some seconds. Where the answer is lost meanwhile, the account " +
    "is gone all the same, your token is refused, and the server removes the rest.",
  query: noQuery,
  body: deletion,
  responses: { 204: { description: "The account is gone" } },
  handle: async (call) => {
    const { accounts, holder, body } = call;
    const guess = { by: { id: holder.account }, kind: "account_delete", wrong: "forbidden" } as const;
    await limitPasswordGuesses(call, guess, () => remove(accounts, holder.account, body.password));
    return { status: 204 };
  },
});
