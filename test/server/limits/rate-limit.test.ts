import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createRateLimit, perMinute } from "../../../src/server/limits/rate-limit.ts";
import { refusal } from "../../support/errors.ts";

const START = Date.UTC(2026, 10, 20, 9);

function create(limit: number, windowMs?: number) {
  const clock = { now: START };
  const budget = windowMs === undefined ? perMinute(limit) : { limit, windowMs };
  const { tryConsume, consume, restore } = createRateLimit(budget, () => clock.now);
  const ask = (key = "ann", requests?: number) => consume(() => key, requests);
  /** How many requests of a key pass until one is refused. */
  const exhaust = (key = "ann") => {
    for (let passed = 0; passed < 20_000; passed += 1) {
      try {
        ask(key);
      } catch {
        return passed;
      }
    }
    return Number.POSITIVE_INFINITY;
  };
  return { clock, budget, tryConsume, ask, exhaust, restore };
}

describe("a limit of requests a minute", () => {
  test.each([1, 2, 3, 5, 7, 9, 11, 13, 17, 60, 61, 70, 99, 100, 110, 333, 1000, 1200, 1201, 6000, 7777])(
    "lets exactly %d through at once",
    (limit) => {
      expect(create(limit).exhaust()).toBe(limit);
    },
  );

  test("lets one more through after its part of the minute, and all of them after the minute", () => {
    const { clock, ask, exhaust } = create(6);
    expect(exhaust()).toBe(6);
    clock.now += 9_999;
    expect(exhaust()).toBe(0);
    clock.now += 1;
    expect(exhaust()).toBe(1);
    clock.now += 30_000;
    expect(exhaust()).toBe(3);
    clock.now += 60_000;
    expect(exhaust()).toBe(6);
    clock.now += 3_600_000;
    expect(exhaust()).toBe(6);
    expect(refusal(ask).code).toBe("rate_limited");
  });

  test("says after how many seconds the next one passes, and then it does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.array(fc.nat(5000), { maxLength: 20 }), (limit, pauses) => {
        const { clock, ask, exhaust } = create(limit);
        for (const pause of pauses) {
          clock.now += pause;
          ask();
          exhaust();
          const { retryAfter = 0 } = refusal(ask);
          expect(Number.isSafeInteger(retryAfter)).toBe(true);
          expect(retryAfter).toBeGreaterThan(0);
          expect(retryAfter).toBeLessThanOrEqual(Math.ceil(60 / limit));
          clock.now += retryAfter * 1000;
        }
        ask();
      }),
      { numRuns: 30 },
    );
  });

  test("is not used up by what it refuses", () => {
    const { clock, ask, exhaust } = create(2);
    exhaust();
    for (let time = 0; time < 100; time += 1) refusal(ask);
    clock.now += 30_000;
    ask();
  });

  test("can be asked without a throw: it answers how long to wait, and has counted nothing then", () => {
    const { clock, budget, tryConsume, exhaust } = create(2);
    expect([tryConsume("ann"), tryConsume("ann")]).toEqual([null, null]);
    for (let time = 0; time < 3; time += 1) expect(tryConsume("ann")).toEqual({ budget, retryAfterS: 30 });
    clock.now += 30_000;
    expect([tryConsume("ann"), exhaust()]).toEqual([null, 0]);
  });

  test("counts a request as as many as it is worth, and lets it through when there is room for all of them", () => {
    const { clock, ask, exhaust } = create(6);
    ask("ann", 4);
    expect(refusal(() => ask("ann", 3)).retryAfter).toBe(10);
    ask("ann", 0);
    clock.now += 10_000;
    ask("ann", 3);
    expect(exhaust()).toBe(0);
  });

  test("lets through what is worth more than all of it, but nothing beside", () => {
    const { clock, ask, exhaust } = create(6);
    ask("ann", 100);
    expect(exhaust()).toBe(0);
    clock.now += 60_000;
    expect(exhaust()).toBe(6);
  });

  test("is one for each key", () => {
    const { exhaust } = create(3);
    for (const key of ["ann", "ben", "", "__proto__", "constructor"]) expect(exhaust(key)).toBe(3);
    expect(exhaust("ann")).toBe(0);
  });

  test("does not forget when the clock goes back, nor block for ever", () => {
    const { clock, exhaust } = create(3);
    exhaust();
    clock.now -= 5_000;
    expect(exhaust()).toBe(0);
    clock.now += 66_000;
    expect(exhaust()).toBe(3);
  });

  test("has nothing against a key that it meets when the clock was set back", () => {
    const { clock, exhaust } = create(3);
    exhaust("known");
    clock.now -= 3_600_000;
    expect(exhaust("new")).toBe(3);
  });

  test("of 0 is none, for which nobody is asked who it is", () => {
    const { tryConsume, consume, restore } = createRateLimit(perMinute(0), () => START);
    for (let time = 0; time < 100; time += 1) {
      expect(tryConsume("ann")).toBeNull();
      consume(() => {
        throw new Error("the key was read");
      });
    }
    restore("ann");
  });

  test("remembers 50,000 keys and forgets the one that was not seen for longest", () => {
    const { ask, exhaust } = create(2);
    for (const key of ["old", "seen"]) exhaust(key);
    for (let key = 0; key < 49_998; key += 1) ask(`key ${key}`);
    expect([exhaust("seen"), exhaust("old")]).toEqual([0, 0]);
    ask("one too many");
    expect(exhaust("key 0")).toBe(2);
    expect(exhaust("old")).toBe(0);
    for (let key = 0; key < 50_000; key += 1) ask(`other ${key}`);
    expect(exhaust("old")).toBe(2);
  });
});

describe("a limit of requests in another window", () => {
  const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

  test.each([1, 3, 7, 11, 100, 333, 6000, 7777])(
    "lets exactly %d through at once, and in the window after it",
    (limit) => {
      const { clock, exhaust } = create(limit, HOUR_MS);
      expect(exhaust()).toBe(limit);
      clock.now += HOUR_MS;
      expect(exhaust()).toBe(limit);
    },
  );

  test("refills evenly over it", () => {
    const { clock, ask, exhaust } = create(6, HOUR_MS);
    exhaust();
    expect(refusal(ask).retryAfter).toBe(600);
    clock.now += 10 * MINUTE_MS - 1;
    expect(refusal(ask).retryAfter).toBe(1);
    clock.now += 1;
    expect(exhaust()).toBe(1);
    clock.now += 30 * MINUTE_MS;
    expect(exhaust()).toBe(3);
  });

  test.each([
    [1, MINUTE_MS, "more than 1 request a minute"],
    [5, MINUTE_MS, "more than 5 requests a minute"],
    [5, HOUR_MS, "more than 5 requests an hour"],
    [10, 15 * MINUTE_MS, "more than 10 requests in 15 minutes"],
  ])("says what was too much: %d in %d ms", (limit, windowMs, message) => {
    const { ask, exhaust } = create(limit, windowMs);
    exhaust();
    expect(refusal(ask).message).toBe(message);
  });
});

describe("a request that is taken back", () => {
  test("can be made again, and no other key's can", () => {
    const { exhaust, restore } = create(3, 3_600_000);
    exhaust("ann");
    exhaust("ben");
    restore("ann");
    expect([exhaust("ann"), exhaust("ben")]).toEqual([1, 0]);
  });

  test("gives no more than the whole budget, however often it is taken back, and its key need not be known", () => {
    const { ask, exhaust, restore } = create(3);
    restore("ben");
    ask("ann");
    for (let time = 0; time < 5; time += 1) restore("ann");
    expect([exhaust("ann"), exhaust("ben")]).toEqual([3, 3]);
  });

  test("leaves no key behind that would push out another one", () => {
    const { ask, exhaust, restore } = create(3, 3_600_000);
    exhaust("ann");
    for (let key = 0; key < 50_000; key += 1) {
      ask(`other ${key}`);
      restore(`other ${key}`);
    }
    expect(exhaust("ann")).toBe(0);
  });
});
