import type { AccountStore } from "../../../src/ports/accounts.ts";
import { formatClock } from "../../../src/domain/task/clock.ts";
import { type Fields, mergeRegisters, type Registers, stampFields } from "../../../src/domain/task/registers.ts";
import type { RemoteTask, Store } from "../../../src/ports/store.ts";
import type { SyncPage, SyncStore } from "../../../src/ports/sync.ts";
import type { UsageStore } from "../../../src/ports/usage.ts";
import { newId, OPENING } from "../stores/test-user.ts";

/** What replicas follow, as two processes have it. */
export type OpenedSync = {
  readonly sync: SyncStore;
  /** The same tasks over connections of their own. */
  readonly others: SyncStore;
  readonly store: Store;
  readonly usage: UsageStore;
  readonly accounts: AccountStore;
  /** Runs a statement past the store, as whoever owns the database can. */
  readonly byHand: (statement: string) => Promise<unknown>;
  /** Another one after each transaction that has written anything. */
  readonly photograph: () => Promise<unknown>;
  close(): Promise<void>;
};

/** The stores that all tests share. Each has users of its own. */
export type ConcurrentSyncStores = () => Omit<OpenedSync, "close">;

/** Fields of a task as a device sends them, which set them so many milliseconds after the desks open. */
export function arriving(fields: Fields, { id = newId(), later = 0 } = {}): RemoteTask {
  return { id, registers: stampFields(fields, formatClock(BigInt(OPENING + later) << 16n, "a1b2c3d4")) };
}

/** Brings arrivals, and asks for everything where nothing else is said. */
export function bring(
  sync: SyncStore,
  user: string,
  arrivals: readonly RemoteTask[],
  { after = 0, limit = 1000 } = {},
): Promise<SyncPage> {
  return sync.exchange(user, { arrivals, after, limit, now: OPENING });
}

/** Somebody who takes page after page of a user's tasks and keeps what was in them. */
export function createFollower(user: string) {
  const tasks = new Map<string, Registers>();
  let position = 0;
  return {
    tasks,
    /** Takes the next page and answers it. */
    pull: async (sync: SyncStore, limit: number, arrivals: readonly RemoteTask[] = []): Promise<SyncPage> => {
      const page = await bring(sync, user, arrivals, { after: position, limit });
      for (const { id, registers } of [...arrivals, ...page.tasks]) {
        tasks.set(id, mergeRegisters(tasks.get(id) ?? {}, registers));
      }
      position = page.more ? (page.tasks.at(-1)?.revision ?? position) : page.head.revision;
      return page;
    },
  };
}
