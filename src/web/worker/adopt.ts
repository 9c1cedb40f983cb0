import { TodoError } from "../../domain/errors.ts";
import { FILTER_PREFIX, foldFilterName, readSavedFilters } from "../../domain/query/saved-filters.ts";
import { readValues } from "../../domain/task/registers.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { importProfile } from "../../services/filters/import-profile.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { ALONE_ACCOUNT, nameDatabase } from "../database-name.ts";
import type { Account } from "./account.ts";
import type { Database } from "./platform.ts";
import { nameSyncLock } from "./sync-once.ts";

/** The tasks of the other database are compared this often with those that came: another page may still write there. */
const MAX_PASSES = 10;

/**
 * Brings all that this browser has without an account into the database of an account, which sends it on, and removes the other one. That is
 * only read before. Whatever ends this can be followed by another try: what came already is merged with itself. Answers how many tasks
 * came. Throws `unavailable` before the first sync of the account, whose filters it could not know, and as the databases do.
 */
export async function adoptDatabase(account: Account): Promise<number> {
  const { platform, owner, replica } = account;
  if ((await replica.binding())?.cursor == null) {
    throw new TodoError("unavailable", "your account was not synced here yet, so nothing can be brought into it");
  }
  const other = await platform.openDatabase(nameDatabase(ALONE_ACCOUNT));
  try {
    await adoptProfile(account, other);
    const count = await adoptTasks(account, other, (work) => platform.withLock(nameSyncLock(owner), work));
    await other.remove();
    return count;
  } catch (error) {
    await other.store.close();
    throw error;
  }
}

/** Merges until another look finds nothing new. The lock keeps away a first sync, during which all would be in memory alone. */
async function adoptTasks(
  { replica, platform }: Account,
  other: Database,
  withLock: (work: () => Promise<void>) => Promise<void>,
): Promise<number> {
  let merged: readonly RemoteTask[] = [];
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const found = await other.openReplica(LOCAL_USER).readAll();
    if (JSON.stringify(found) === JSON.stringify(merged)) return found.length;
    await withLock(async () => void (await replica.mergeUnsent(found, platform.system.now())));
    merged = found;
  }
  throw new TodoError("locked", "another page goes on writing tasks without an account: close it first");
}

/** What the profile of the account does not have, such as saved filters. Of two with one name that of the account stays. */
async function adoptProfile({ workspace }: Account, other: Database): Promise<void> {
  const profile = await workspace.store.profile(workspace.user);
  const [ours, filters] = [readValues(profile), readSavedFilters(profile)];
  const theirs = readValues(await other.store.profile(LOCAL_USER));
  const isOurs = (name: string) =>
    name.startsWith(FILTER_PREFIX)
      ? filters.has(foldFilterName(name.slice(FILTER_PREFIX.length)))
      : ours[name] !== undefined && ours[name] !== null;
  const news = Object.entries(theirs).flatMap(([name, value]) =>
    value === null || isOurs(name) ? [] : [[name, value] as const],
  );
  if (news.length > 0) await importProfile(workspace, [{ line: 0, profile: Object.fromEntries(news) }]);
}
