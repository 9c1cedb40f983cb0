import { readValues } from "../../domain/task/registers.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { synchronizeAlone, type SyncPeer } from "../../services/sync/synchronize.ts";
import { nameDatabase } from "../database-name.ts";
import type { Account } from "./account.ts";
import type { Database } from "./platform.ts";
import { nameSyncLock } from "./sync-once.ts";

/** What was merged here is never asked for again. */
const CURSOR = "merged";

/**
 * Brings all that another database of this browser has into that of an account, which sends it on, and removes the other one. Whatever
 * ends it can be followed by another try: what was brought already is merged with itself. Answers how many tasks came. Throws
 * `account_mismatch` if the other one follows another account, and as the databases do.
 */
export async function adoptDatabase(account: Account, from: string): Promise<number> {
  const { platform, owner } = account;
  const other = await platform.openDatabase(nameDatabase(from));
  const replica = other.openReplica(LOCAL_USER);
  await replica.bind({ server: platform.server, user: owner.user });
  const peer = createPeer(account);
  const { now } = platform.system;
  let count = 0;
  // During a first sync all would be in memory alone.
  await platform.withLock(nameSyncLock(owner), async () => {
    const { sent } = await synchronizeAlone({ replica, peer, user: owner.user, now }, async () => {});
    count = sent;
  });
  await adoptProfile(account, other);
  await other.remove();
  return count;
}

/** The database of the account, as it would be for the other one if it were its server. */
function createPeer({ replica, platform, owner }: Account): SyncPeer {
  return {
    exchange: async ({ changes }) => {
      await replica.mergeUnsent(changes, platform.system.now());
      return { user: owner.user, changes: [], rejected: [], cursor: CURSOR, more: false };
    },
  };
}

/** Of two filters with one name that of the account stays. */
async function adoptProfile({ workspace: { store, user, system } }: Account, other: Database): Promise<void> {
  const [theirs, ours] = [await other.store.profile(LOCAL_USER), await store.profile(user)];
  const news = Object.entries(theirs).filter(([name]) => !Object.hasOwn(ours, name));
  if (news.length > 0) await store.editProfile(user, readValues(Object.fromEntries(news)), system.now());
}
