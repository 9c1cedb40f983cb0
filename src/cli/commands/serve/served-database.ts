import type { AccountStore } from "../../../ports/accounts.ts";
import type { DatabaseFile } from "../../../ports/database.ts";
import { readPlace } from "../../../domain/database-url.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printNote } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";
import { resolveDatabaseUrl, requireUrl, SERVER_URL_VARIABLES } from "../../config/resolve-database-url.ts";

type Served = Pick<DatabaseFile, "accounts" | "usage">;

/** Works on the database that `todo serve` would serve, and says which that is. Throws what the store throws. */
export async function withServedDatabase<Result>(
  invocation: Invocation,
  work: (database: Served) => Promise<Result>,
): Promise<Result> {
  const { place } = invocation;
  const url = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  if (url === undefined && place.kind === "file") {
    const database = await place.open();
    noteDatabase(invocation, database.file.path);
    return work(database);
  }
  const found = url ?? requireUrl(invocation, "admin");
  noteDatabase(invocation, readPlace(found).name);
  const { store, ...database } = await invocation.io.openDatabase(found);
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

/** A login as somebody else may have switched the database, so an empty answer must not pass for one of the server. */
function noteDatabase(invocation: Invocation, name: string): void {
  if (invocation.format === "text") printNote(invocation, escapeControls(`Database: ${name}`));
}
