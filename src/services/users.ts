import { LRUCache } from "lru-cache";
import type { Store } from "../ports/store.ts";

const MOST_USERS = 50_000;

/** Users of whom this process knows that they have a row, for each store. */
const known = new WeakMap<Store, LRUCache<string, true>>();

/** Makes the user's row on first sight. Throws what the store throws. */
export async function enrolUser(store: Store, user: string): Promise<void> {
  const seen = known.get(store) ?? new LRUCache<string, true>({ max: MOST_USERS });
  known.set(store, seen);
  if (seen.has(user)) return;
  await store.enrol(user);
  seen.set(user, true);
}
