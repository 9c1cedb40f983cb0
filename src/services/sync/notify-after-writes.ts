import type { Store } from "../../ports/store.ts";
import type { SyncStore } from "../../ports/sync.ts";
import type { ChangeNotifier } from "./change-notifier.ts";

type Stores = { readonly store: Store; readonly sync: SyncStore };
type Numbered = { readonly revision: number };

/** The same stores. Their writes notify subscribers. */
export function notifyAfterWrites({ store, sync }: Stores, notifier: ChangeNotifier): Stores {
  const notifyFor = (user: string, changed: readonly Numbered[]) => {
    if (changed.length > 0) notifier.notify(user, Math.max(...changed.map(({ revision }) => revision)));
  };
  return {
    store: {
      ...store,
      commit: async (user, commit) => {
        const tasks = await store.commit(user, commit);
        if (commit.returning === false) notifier.recheck(user);
        else notifyFor(user, tasks);
        return tasks;
      },
      editProfile: async (...edit) => {
        const profile = await store.editProfile(...edit);
        notifier.recheck(edit[0]);
        return profile;
      },
      merge: async (user, arrivals) => {
        const revised = await store.merge(user, arrivals);
        notifyFor(user, revised);
        return revised;
      },
    },
    sync: {
      ...sync,
      mergeProfile: async (user, arriving) => {
        const profile = await sync.mergeProfile(user, arriving);
        notifier.recheck(user);
        return profile;
      },
      exchange: async (user, request) => {
        const page = await sync.exchange(user, request);
        // Even after a mere read: it tells sooner of others' writes.
        notifier.notify(user, page.head.revision);
        return page;
      },
    },
  };
}
