import type { AccountStore } from "../../../ports/accounts.ts";
import type { Invocation } from "../../invocation.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../../config/resolve-database-url.ts";

/** Works on the accounts in the database that `todo serve` would serve. Throws what the store throws. */
export async function withServedAccounts<Result>(
  invocation: Invocation,
  work: (accounts: AccountStore) => Promise<Result>,
): Promise<Result> {
  const { place } = invocation;
  const url = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  if (url === undefined && place.kind === "file") return work((await place.open()).accounts);
  const { store, accounts } = await invocation.io.openDatabase(url ?? requireUrl(invocation, "admin"));
  try {
    return await work(accounts);
  } finally {
    await store.close();
  }
}
