import type { AccountStore } from "../../../ports/accounts.ts";
import type { DatabaseFile } from "../../../ports/database.ts";
import type { Invocation } from "../../invocation.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../../config/resolve-database-url.ts";

type Served = Pick<DatabaseFile, "accounts" | "usage">;

/** Works on the database that `todo serve` would serve. Throws what the store throws. */
export async function withServedDatabase<Result>(
  invocation: Invocation,
  work: (database: Served) => Promise<Result>,
): Promise<Result> {
  const { place } = invocation;
  const url = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  if (url === undefined && place.kind === "file") return work(await place.open());
  const { store, ...database } = await invocation.io.openDatabase(url ?? requireUrl(invocation, "admin"));
  try {
    return await work(database);
  } finally {
    await store.close();
  }
}

/** The same for the accounts in it. */
export function withServedAccounts<Result>(
  invocation: Invocation,
  work: (accounts: AccountStore) => Promise<Result>,
): Promise<Result> {
  return withServedDatabase(invocation, ({ accounts }) => work(accounts));
}
