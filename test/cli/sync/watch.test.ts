import { afterEach, beforeEach, describe, expect, jest, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { watchChanges, type Watched } from "../../../src/cli/sync/watch.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Lets everything run that waits for nothing but other code. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Lets time pass, in steps so that what a timer brings about can set another one. */
async function goOn(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    jest.advanceTimersByTime(500);
    await settle();
  }
}

/** A watch of which the test decides what happens. */
function openWatch(given: Partial<Watched> = {}) {
  const stopped = Promise.withResolvers<void>();
  const hints: (() => void)[] = [];
  const state = { syncs: 0, unsent: false, told: Array<string>() };
  const io = { ...openTerminal().io, untilStopped: () => stopped.promise };
  const ended = watchChanges(io, {
    sync: async () => {
      state.syncs += 1;
      state.unsent = false;
    },
    hasUnsent: async () => state.unsent,
    listen: (onHint, signal) => {
      hints.push(onHint);
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    onFailure: ({ code }) => void state.told.push(code),
    ...given,
  });
  ended.catch(() => undefined);
  return { state, ended, stop: stopped.resolve, hint: () => hints.forEach((call) => call()) };
}

describe("a watch", () => {
  test("syncs at the beginning and at each hint, and of hints during a sync makes one", async () => {
    const syncs = Array<() => void>();
    const { hint, stop, ended } = openWatch({ sync: () => new Promise((resolve) => syncs.push(resolve)) });
    await settle();
    expect(syncs).toHaveLength(1);
    for (let times = 0; times < 3; times += 1) hint();
    await settle();
    expect(syncs).toHaveLength(1);
    syncs[0]?.();
    await settle();
    expect(syncs).toHaveLength(2);
    syncs[1]?.();
    stop();
    await ended;
    expect(syncs).toHaveLength(2);
  });

  test("syncs what is written here within a second", async () => {
    const { state, stop, ended } = openWatch();
    await goOn(3000);
    expect(state.syncs).toBe(1);
    state.unsent = true;
    await goOn(1000);
    expect(state.syncs).toBe(2);
    stop();
    await ended;
  });

  test("says once that the server is away, and tries again, less and less often", async () => {
    const times = Array<number>();
    const { state, stop, ended, hint } = openWatch({
      sync: async () => {
        times.push(Date.now());
        if (times.length !== 5) throw new TodoError("unavailable", "away");
      },
    });
    const begin = Date.now();
    await settle();
    await goOn(20_000);
    expect(times.map((time) => (time - begin) / 1000)).toEqual([0, 1, 3, 7, 15]);
    expect(state.told).toEqual(["unavailable"]);
    hint();
    await settle();
    expect(state.told).toEqual(["unavailable", "unavailable"]);
    stop();
    await ended;
  });

  test.each(["timed_out", "read_timed_out", "rate_limited"] as const)("goes on after %s, and says so", async (code) => {
    let syncs = 0;
    const { state, stop, ended } = openWatch({
      sync: async () => {
        syncs += 1;
        if (syncs === 1) throw new TodoError(code, "for now");
      },
    });
    await settle();
    await goOn(1000);
    expect([syncs, state.told]).toEqual([2, [code]]);
    stop();
    await ended;
  });

  test("listens again when the stream ends, and syncs to hear what is wrong where it can't", async () => {
    let listens = 0;
    const { state, stop, ended } = openWatch({
      listen: () => {
        listens += 1;
        return Promise.reject(new Error("no stream"));
      },
    });
    await goOn(4000);
    expect([listens, state.syncs]).toEqual([3, 4]);
    stop();
    await ended;
  });

  test("does not listen again at once where the stream ends at once, nor waits where it ended late", async () => {
    let listens = 0;
    const { stop, ended } = openWatch({
      listen: async (onHint) => {
        listens += 1;
        onHint();
        if (listens > 4) await Bun.sleep(5000);
      },
    });
    await settle();
    expect(listens).toBe(1);
    await goOn(2000);
    expect(listens).toBe(3);
    await goOn(2000);
    expect(listens).toBe(5);
    await goOn(5000);
    expect(listens).toBe(6);
    stop();
    await goOn(5000);
    await ended;
  });

  test("ends with what does not pass by itself", async () => {
    const { ended, state } = openWatch({ sync: () => Promise.reject(new TodoError("unauthorized", "over")) });
    expect(await ended.catch((error: TodoError) => error.code)).toBe("unauthorized");
    expect(state.told).toEqual([]);
  });

  test("ends when the process is asked to, also in a pause, but not before a sync under way has", async () => {
    const sync = Promise.withResolvers<void>();
    const { stop, ended } = openWatch({ sync: () => sync.promise });
    let hasEnded = false;
    void ended.then(() => (hasEnded = true));
    await settle();
    stop();
    await settle();
    expect(hasEnded).toBe(false);
    sync.resolve();
    await ended;
    const away = openWatch({ sync: () => Promise.reject(new TodoError("unavailable", "away")) });
    await settle();
    away.stop();
    await away.ended;
  });
});
