import { LRUCache } from "lru-cache";
import type { Quota } from "../../domain/errors.ts";
import type { Quotas } from "../../domain/quotas.ts";
import type { UsageStore } from "../../ports/usage.ts";

/** A sum of what was measured and written since is an upper bound. After this it is measured anew, for other processes. */
const MAX_AGE_MS = 60 * 60_000;
/** Between two measurements of a user at a limit: at least this, and so many times as long as one takes. */
const MIN_INTERVAL_MS = 1000;
const MAX_SHARE = 20;
const MAX_USERS = 50_000;

/** What a write adds at most. Only what is written already is negative, if there are fewer tasks than before. */
export type Cost = { readonly tasks: number; readonly bytes: number };

/** Remembers what users take, so that a write reads nothing for its quota. */
export type UsageMeter = {
  /** Counts a cost if there is room for it. Answers the quota that it would exceed, or null if it was counted. */
  readonly admit: (user: string, cost: Cost) => Promise<Quota | null>;
  /** Does a write in any case, and counts what it has cost or made free once it is written. */
  readonly countAfter: <Written>(
    user: string,
    write: () => Promise<Written>,
    costOf: (written: Written) => Cost,
  ) => Promise<Written>;
};

/** What a user takes at most, and when that was measured. */
type Known = { used: Cost; measuredAt: number; tookMs: number };

/**
 * Measures a user at the first write, and again beside a write an hour later, or if what was written since may have reached a limit. `now` is in
 * milliseconds of a clock that is never set.
 */
export function createUsageMeter(
  usage: Pick<UsageStore, "measure">,
  quotas: Pick<Quotas, "tasks" | "bytes">,
  now: () => number,
): UsageMeter {
  const known = new LRUCache<string, Known>({ max: MAX_USERS });
  const measuring = new Map<string, Promise<Known>>();

  const measure = async (user: string): Promise<Known> => {
    const startedAt = now();
    const before = known.get(user)?.used ?? { tasks: 0, bytes: 0 };
    const { tasks, taskBytes, historyBytes, headBytes } = await usage.measure(user);
    const measured = { tasks, bytes: taskBytes + historyBytes + headBytes };
    // What was admitted meanwhile may not be in it.
    const meanwhile = subtract(known.get(user)?.used ?? before, before);
    const fresh = { used: add(measured, meanwhile), measuredAt: now(), tookMs: now() - startedAt };
    known.set(user, fresh);
    return fresh;
  };

  const measureOnce = (user: string): Promise<Known> => {
    const running = measuring.get(user) ?? measure(user).finally(() => measuring.delete(user));
    measuring.set(user, running);
    return running;
  };

  const isDue = ({ measuredAt, tookMs }: Known) => now() - measuredAt >= Math.max(MIN_INTERVAL_MS, tookMs * MAX_SHARE);

  /** What is known but old is still an upper bound, so that nobody waits for the next measurement. */
  const refreshIfOld = (user: string, { measuredAt }: Known) => {
    if (now() - measuredAt >= MAX_AGE_MS) measureOnce(user).catch(() => undefined);
  };

  return {
    admit: async (user, cost) => {
      if (quotas.tasks === 0 && quotas.bytes === 0) return null;
      let found = known.get(user) ?? (await measureOnce(user));
      refreshIfOld(user, found);
      if (findExceeded(quotas, found.used, cost) && isDue(found)) found = await measureOnce(user);
      const exceeded = findExceeded(quotas, found.used, cost);
      if (!exceeded) found.used = add(found.used, cost);
      return exceeded;
    },
    countAfter: async (user, write, costOf) => {
      const before = known.get(user);
      const written = await write();
      const found = known.get(user);
      if (!found) return written;
      const cost = costOf(written);
      // A measurement that began meanwhile may have seen what was made free.
      const isSeen = found !== before || measuring.has(user);
      found.used = add(found.used, isSeen ? { ...cost, tasks: Math.max(0, cost.tasks) } : cost);
      return written;
    },
  };
}

/** A write that adds no task is held up by no limit of tasks. */
function findExceeded(quotas: Pick<Quotas, "tasks" | "bytes">, used: Cost, cost: Cost): Quota | null {
  const name = (["tasks", "bytes"] as const).find(
    (each) => quotas[each] > 0 && cost[each] > 0 && used[each] + cost[each] > quotas[each],
  );
  return name === undefined ? null : { name, limit: quotas[name], used: used[name] };
}

function add(one: Cost, other: Cost): Cost {
  return { tasks: one.tasks + other.tasks, bytes: one.bytes + other.bytes };
}

function subtract(one: Cost, other: Cost): Cost {
  return { tasks: one.tasks - other.tasks, bytes: one.bytes - other.bytes };
}
