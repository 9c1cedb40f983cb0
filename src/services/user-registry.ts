import { LRUCache } from "lru-cache";
import type { Store } from "../ports/store.ts";

const MAX_USERS = 50_000;

/** Users whose row is known to exist. */
export type UserRegistry = {
  /** Creates the user's row on first sight. Throws what the store throws. */
  readonly ensure: (user: string) => Promise<void>;
};

export function createUserRegistry(store: Pick<Store, "ensureUser">): UserRegistry {
  const seen = new LRUCache<string, true>({ max: MAX_USERS });
  return {
    ensure: async (user) => {
      if (seen.has(user)) return;
      await store.ensureUser(user);
      seen.set(user, true);
    },
  };
}
