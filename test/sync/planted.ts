import { CLOCK_LENGTH, formatClock, tickOf } from "../../src/domain/task/clock.ts";
import type { RemoteTask } from "../../src/ports/store.ts";
import type { SyncStore } from "../../src/ports/sync.ts";
import { readTasks } from "./compare.ts";
import { valueOf } from "./model.ts";
import type { Plan } from "./simulator.ts";

/** A bug of a server or of a replica, around the real ones. */
type Bug = Pick<Plan, "alter" | "spoil">;

/** Bugs that others have had in their sync, each made anew for a search. */
export const BUGS: readonly (readonly [name: string, make: () => Bug])[] = [
  ["a server that takes every head for its own", takeEveryHead],
  ["a server whose page leaves out what came while it merged", leaveOutPages],
  ["a server that keeps the value that it has where the clocks are equal", keepAtEqualClocks],
  ["a server on which two users share the rows of one id", shareRows],
  ["an outbox that only knows that something is unsent", forgetWhatIsUnsent],
  ["a replica that moves its cursor on before it has merged", moveCursorFirst],
  ["a replica that makes the clocks anew each time that it sends", stampAtSending],
];

function takeEveryHead(): Bug {
  return {
    alter: (sync) => ({
      precheck: async (user, question) => ({ ...(await sync.precheck(user, question)), isKnown: true }),
    }),
  };
}

function leaveOutPages(): Bug {
  return {
    alter: (sync) => ({
      exchange: async (user, request) => {
        const page = await sync.exchange(user, request);
        return request.arrivals.length > 0 ? { ...page, tasks: [] } : page;
      },
    }),
  };
}

function keepAtEqualClocks(): Bug {
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
function shareRows(): Bug {
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

function forgetWhatIsUnsent(): Bug {
  return {
    spoil: (replica) => ({
      applyResult: async (settlement) => {
        const { sent } = await replica.outgoing(1000);
        const ids = new Set(settlement.sent.map(([id]) => id));
        return replica.applyResult({ ...settlement, sent: sent.filter(([id]) => ids.has(id)) });
      },
    }),
  };
}

function moveCursorFirst(): Bug {
  let calls = 0;
  return {
    spoil: (replica) => ({
      applyResult: async (settlement) => {
        calls += 1;
        return replica.applyResult(calls % 5 === 0 ? { ...settlement, tasks: [] } : settlement);
      },
    }),
  };
}

function stampAtSending(): Bug {
  const renew = (register: string) =>
    formatClock(tickOf(register) + 1n, register.slice(16, CLOCK_LENGTH)) + valueOf(register);
  return {
    spoil: (replica) => ({
      outgoing: async (limit) => {
        const { changes, ...rest } = await replica.outgoing(limit);
        const renewed = changes.map(({ id, registers }) => ({
          id,
          registers: Object.fromEntries(Object.entries(registers).map(([field, each]) => [field, renew(each)])),
        }));
        return { ...rest, changes: renewed };
      },
    }),
  };
}
