import { CLOCK_LENGTH } from "../../../src/domain/task/clock.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { readTasks } from "../compare.ts";
import type { Bug } from "../simulator.ts";

export function takeEveryHead(): Bug {
  return {
    alter: (sync) => ({
      precheck: async (user, question) => ({ ...(await sync.precheck(user, question)), isKnown: true }),
    }),
  };
}

export function leaveOutPages(): Bug {
  return {
    alter: (sync) => ({
      exchange: async (user, request) => {
        const page = await sync.exchange(user, request);
        return request.arrivals.length > 0 ? { ...page, tasks: [] } : page;
      },
    }),
  };
}

export function keepAtEqualClocks(): Bug {
  return {
    alter: (sync) => ({
      exchange: async (user, request) => {
        const stored = new Map((await readTasks(sync, user)).map(({ id, registers }) => [id, registers]));
        const isTie = (id: string, field: string, register: string) =>
          stored.get(id)?.[field]?.slice(0, CLOCK_LENGTH) === register.slice(0, CLOCK_LENGTH);
        const arrivals = request.arrivals.map(({ id, registers }) => ({
          id,
          registers: Object.fromEntries(Object.entries(registers).filter(([field, each]) => !isTie(id, field, each))),
        }));
        return sync.exchange(user, { ...request, arrivals });
      },
    }),
  };
}

/** What a key on `id` alone does: the row belongs to whoever was first. */
export function shareRows(): Bug {
  const owners = new Map<string, string>();
  const merge = async (sync: SyncStore, user: string, arrivals: readonly RemoteTask[]) => {
    for (const arrival of arrivals) {
      const owner = owners.get(arrival.id) ?? user;
      owners.set(arrival.id, owner);
      await sync.exchange(owner, { arrivals: [arrival], after: 0, limit: 1, now: 0 });
    }
  };
  return {
    alter: (sync) => ({
      exchange: async (user, request) => {
        await merge(sync, user, request.arrivals);
        return sync.exchange(user, { ...request, arrivals: [] });
      },
    }),
  };
}

/** Where its clock was set back, what it has from before is ahead of that, and no edit can take its place. */
export function refuseToGoOn(): Bug {
  return {
    alter: (sync) => ({
      precheck: async (user, question) => ({ ...(await sync.precheck(user, question)), latest: 0 }),
    }),
  };
}

/** Who was let in before the purge may not have heard of what has gone since. */
export function overlookPurge(): Bug {
  return {
    alter: (sync) => ({
      exchange: async (user, { purgedUpTo, ...request }) =>
        sync.exchange(
          user,
          request.arrivals.length > 0 || purgedUpTo === undefined ? request : { ...request, purgedUpTo },
        ),
    }),
  };
}
