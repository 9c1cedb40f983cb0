import type { Store } from "../../ports/store.ts";
import type { SyncStore } from "../../ports/sync.ts";
import type { Bell } from "./bell.ts";

type Stores = { readonly store: Store; readonly sync: SyncStore };
type Numbered = { readonly revision: number };

/** The same stores, whose writes ring. */
export function ringAfterWrites({ store, sync }: Stores, bell: Bell): Stores {
  const ringFor = (user: string, changed: readonly Numbered[]) => {
    if (changed.length > 0) bell.ring(user, Math.max(...changed.map(({ revision }) => revision)));
  };
  return {
    store: {
      ...store,
      commit: async (user, commit) => {
        const tasks = await store.commit(user, commit);
        if (commit.blind) bell.knock(user);
        else ringFor(user, tasks);
        return tasks;
      },
      merge: async (user, arrivals) => {
        const revised = await store.merge(user, arrivals);
        ringFor(user, revised);
        return revised;
      },
    },
    sync: {
      ...sync,
      exchange: async (user, request) => {
        const page = await sync.exchange(user, request);
        // Also where it only read: what others wrote is then heard the sooner.
        bell.ring(user, page.head.revision);
        return page;
      },
    },
  };
}
