import type { AccountStore } from "../../../ports/accounts.ts";
import type { Session } from "../../session.ts";
import { findUrl, requireUrl, SERVED } from "../../config/resolve-database-url.ts";

/** Works on the accounts in the database that `todo serve` would serve. Throws what the store throws. */
export async function withServedAccounts<Result>(
  session: Session,
  work: (accounts: AccountStore) => Promise<Result>,
): Promise<Result> {
  const url = findUrl(session, SERVED);
  if (url === undefined && session.opened) return work((await session.opened()).accounts);
  const { store, accounts } = await session.io.openDatabase(url ?? requireUrl(session, "admin"));
  try {
    return await work(accounts);
  } finally {
    await store.close();
  }
}
