import { LRUCache } from "lru-cache";
import { DAY_MS, RETENTION_MS } from "../../domain/durations.ts";
import type { SyncStore } from "../../ports/sync.ts";

const MAX_USERS = 50_000;

/** Removes for good what a user deleted long ago. It never fails: the next day's purge does the rest. */
export type Purge = (user: string) => Promise<void>;

/** Purges at most once a day for a user in this process. `now` is Unix milliseconds. */
export function createPurge({ sync, now }: { readonly sync: SyncStore; readonly now: () => number }): Purge {
  const purgedAt = new LRUCache<string, number>({ max: MAX_USERS });
  return async (user) => {
    const time = now();
    const last = purgedAt.get(user);
    if (last !== undefined && Math.abs(time - last) < DAY_MS) return;
    purgedAt.set(user, time);
    await sync.purge(user, time - RETENTION_MS).catch(() => undefined);
  };
}
