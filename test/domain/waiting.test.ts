import { describe, expect, test } from "bun:test";
import { backOff, retry, type RetryPolicy, withTimeout } from "../../src/domain/waiting.ts";

const PASSING = new Error("away");
const LASTING = new Error("refused");
const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const POLICY: RetryPolicy = {
  isRetryable: (error) => error === PASSING,
  delayMs: backOff({ firstMs: 100, maxMs: 400 }),
};

const away = (times: number) => Array.from({ length: times }, () => PASSING);

/** Runs work that fails with these errors, one an attempt, on a clock that only sleeping moves. */
async function run(errors: readonly Error[], policy: Partial<RetryPolicy> = {}) {
  const slept: number[] = [];
  let attempts = 0;
  const work = () => {
    const error = errors[attempts];
    attempts += 1;
    if (error) throw error;
    return "done";
  };
  const timers = {
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms: number) => void slept.push(ms),
  };
  const outcome = await caught(retry(work, { ...POLICY, ...policy }, timers));
  return { outcome, slept };
}

describe("retry", () => {
  test("does work that succeeds once, without a wait", async () => {
    expect(await run([])).toEqual({ outcome: "done", slept: [] });
  });

  test("waits longer after each failure, up to the longest delay", async () => {
    expect(await run(away(5))).toEqual({ outcome: "done", slept: [100, 200, 400, 400, 400] });
  });

  test("throws at once what does not pass by itself", async () => {
    expect(await run([PASSING, LASTING])).toEqual({ outcome: LASTING, slept: [100] });
  });

  test("makes so many attempts at most", async () => {
    expect(await run(away(9), { maxAttempts: 3 })).toEqual({ outcome: PASSING, slept: [100, 200] });
  });

  test("begins an attempt until the time is up, and none after it", async () => {
    const policy = { timeoutMs: 300 };
    expect(await run(away(9), policy)).toEqual({ outcome: PASSING, slept: [100, 200, 400] });
  });

  test("repeats work that rejects like work that throws", async () => {
    let attempts = 0;
    const work = () => (++attempts === 1 ? Promise.reject(PASSING) : Promise.resolve("done"));
    expect(await retry(work, POLICY, { now: () => 0, sleep: async () => {} })).toBe("done");
  });
});

describe("withTimeout", () => {
  const never = new Promise<never>(() => {});
  const tooLate = () => new Error("too late");

  test("answers what the work does in time, and says nothing later", async () => {
    let calls = 0;
    const onTimeout = () => {
      calls += 1;
      return tooLate();
    };
    expect(await withTimeout(Promise.resolve("done"), 1, onTimeout)).toBe("done");
    await Bun.sleep(10);
    expect(calls).toBe(0);
  });

  test("throws what the work throws in time", async () => {
    expect(await caught(withTimeout(Promise.reject(LASTING), 60_000, tooLate))).toBe(LASTING);
  });

  test("throws when the work takes longer", async () => {
    expect(await caught(withTimeout(never, 1, tooLate))).toEqual(tooLate());
  });

  test("lets work that fails after its time do so unheard", async () => {
    const work = Promise.withResolvers<never>();
    expect(await caught(withTimeout(work.promise, 1, tooLate))).toEqual(tooLate());
    work.reject(LASTING);
    await Bun.sleep(0);
  });
});
