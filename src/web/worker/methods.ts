import type { Answer, Call } from "../protocol.ts";
import type { Account } from "./account.ts";
import type { AccountMethodName, AccountMethods } from "./account-methods.ts";
import { databaseMethods } from "./database.ts";
import { filterMethods } from "./filters.ts";
import { historyMethods } from "./history.ts";
import { syncMethods } from "./sync-methods.ts";
import { taskMethods } from "./tasks.ts";
import { viewMethods } from "./views.ts";

const METHODS: AccountMethods = {
  ...taskMethods,
  ...historyMethods,
  ...viewMethods,
  ...filterMethods,
  ...syncMethods,
  ...databaseMethods,
};

/** Does what the page asks for. Throws what the method throws. */
export async function callMethod<Name extends AccountMethodName>(
  account: Account,
  { id, name, takes }: Call<Name>,
): Promise<Answer> {
  return { kind: "answer", id, gives: await METHODS[name](account, takes) };
}
