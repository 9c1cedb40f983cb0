import type { Random } from "../support/random.ts";

type Resting = { readonly task: string; readonly point: string; readonly goOn: () => void };

export type Scheduler = {
  /** Where a task waits until the seed lets it go on. Where it is killed it never does, and not even its `finally` runs. */
  readonly rest: (point: string) => Promise<void>;
  /** Begins a task and resolves when it rests or has ended. */
  readonly start: (task: string, work: () => Promise<void>) => Promise<void>;
  /** Lets one of the resting tasks go on until it rests again or has ended, or kills it with this chance. */
  readonly goOn: (killing: number) => Promise<void>;
  /** Lets a task alone go on until it rests at a point, has rested so many times or has ended. */
  readonly hurry: (task: string, goal: { readonly until?: string; readonly times?: number }) => Promise<void>;
  /** How many tasks rest. */
  readonly count: () => number;
  readonly killAll: () => void;
};

/**
 * Runs tasks of which one goes on at a time, from one point to the next, in an order that the seed decides. What a task really waits
 * for between two points, such as a disk, is waited for, so that a seed gives the same run each time.
 */
export function createScheduler(random: Random, note: (line: string) => void): Scheduler {
  const waiting: Resting[] = [];
  let running = "";
  let stop = () => {};
  const run = (task: string, begin: () => void) => {
    const stopped = Promise.withResolvers<void>();
    [running, stop] = [task, stopped.resolve];
    begin();
    return stopped.promise;
  };
  return {
    rest: (point) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      note(`${running}: ${point}`);
      waiting.push({ task: running, point, goOn: resolve });
      stop();
      return promise;
    },
    start: (task, work) => run(task, () => void work().finally(() => stop())),
    goOn: async (killing) => {
      const [next] = waiting.splice(random.below(waiting.length), 1);
      if (!next) return;
      if (!random.chance(killing)) return run(next.task, next.goOn);
      note(`${next.task}: killed before ${next.point}`);
    },
    hurry: async (task, { until, times = Infinity }) => {
      for (let time = 0; time < times; time += 1) {
        const at = waiting.findLastIndex((each) => each.task === task && each.point !== until);
        const [next] = at < 0 ? [] : waiting.splice(at, 1);
        if (!next) return;
        await run(task, next.goOn);
      }
    },
    count: () => waiting.length,
    killAll: () => void waiting.splice(0),
  };
}

/** The same port, whose calls rest before they begin. */
export function resting<Port extends object>(port: Port, rest: (point: string) => Promise<void>): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...args: readonly unknown[]) => {
        await rest(String(name));
        return Reflect.apply(method, target, args);
      };
    },
  });
}
