import { Database } from "bun:sqlite";
import { CLOCK_LENGTH, formatClock, tickOf } from "../../../src/domain/task/clock.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import { decodeCursor, encodeCursor } from "../../../src/services/sync/cursor.ts";
import { cloneFiles } from "../backing.ts";
import { valueOf } from "../model.ts";
import type { Bug } from "../simulator.ts";

export function forgetWhatIsUnsent(): Bug {
  return {
    spoil: (replica) => ({
      applyResult: async (result) => {
        const { sent } = await replica.outgoing(1000);
        const ids = new Set(result.sent.map(([id]) => id));
        return replica.applyResult({ ...result, sent: sent.filter(([id]) => ids.has(id)) });
      },
    }),
  };
}

export function moveCursorFirst(): Bug {
  let calls = 0;
  return {
    spoil: (replica) => ({
      applyResult: async (result) => {
        calls += 1;
        return replica.applyResult(calls % 5 === 0 ? { ...result, tasks: [] } : result);
      },
    }),
  };
}

export function stampAtSending(): Bug {
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

/** Nothing has arrived of the rest. */
export function sendPartOfRefused(): Bug {
  return {
    spoil: (replica) => ({
      outgoing: async (limit) => {
        const { changes, sent, ...rest } = await replica.outgoing(limit);
        const isSent = (id: string, field: string) =>
          sent.some(([other, name]) => other === id && (name === field || name === "*"));
        const parts = changes.map(({ id, registers }) => ({
          id,
          registers: Object.fromEntries(Object.entries(registers).filter(([field]) => isSent(id, field))),
        }));
        return { ...rest, sent, changes: parts };
      },
    }),
  };
}

/** The newest two entries of the log change places. */
export function turnLogRound(): Bug {
  return {
    spoil: (replica, path) => ({
      redateUnsent: async (latest) => {
        await replica.redateUnsent(latest);
        const raw = new Database(path);
        const newest = "select distinct clock from history where command = 'edit' order by clock desc limit 2";
        const [last, other] = raw.query<{ clock: string }, []>(newest).all();
        const move = (from: string, to: string) => raw.run("update history set clock = ? where clock = ?", [to, from]);
        if (last && other)
          for (const [from, to] of [
            [last.clock, "~"],
            [other.clock, last.clock],
            ["~", other.clock],
          ] as const)
            move(from, to);
        raw.close(true);
      },
    }),
  };
}

export function keepNode(): Bug {
  return { copy: cloneFiles };
}

/** What was purged when a page was read counts for all pages of that reading. */
export function forgetWhatWasPurged(): Bug {
  return {
    spoil: (replica) => ({
      applyResult: async (result) =>
        replica.applyResult({ ...result, cursor: encodeCursor({ ...decodeCursor(result.cursor), purgedUpTo: 0 }) }),
    }),
  };
}

/** Another process may have gone on since the server was asked. */
export function settleLateAnswers(): Bug {
  return {
    spoil: (replica) => ({
      applyResult: async (result) => replica.applyResult({ ...result, base: (await replica.outgoing(1)).base }),
    }),
  };
}

/** What was edited of them was parked. */
export function sendWhatIsGone(): Bug {
  const unsent = new Map<string, readonly RemoteTask[]>();
  return {
    spoil: (replica, path) => ({
      startResync: async (base) => {
        const { changes } = await replica.outgoing(1000);
        if (changes.length > 0) unsent.set(path, changes);
        await replica.startResync(base);
      },
      outgoing: async (limit) => {
        const { changes, ...rest } = await replica.outgoing(limit);
        const parked = new Set((await replica.backlog()).rejected.map(({ id }) => id));
        const gone = (unsent.get(path) ?? []).filter(({ id }) => parked.has(id));
        // Once, or a sync would never end.
        if (gone.length > 0) unsent.delete(path);
        return { ...rest, changes: [...changes, ...gone] };
      },
    }),
  };
}
