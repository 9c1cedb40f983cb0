import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createRateLimit } from "../../src/server/rate-limit.ts";
import { refusal } from "../support/errors.ts";

const START = Date.UTC(2026, 10, 20, 9);

function create(perMinute: number) {
  const clock = { now: START };
  const limit = createRateLimit(perMinute, () => clock.now);
  const ask = (key = "ann") => limit(() => key);
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
  return { clock, ask, exhaust };
}

describe("a limit of requests a minute", () => {
  test.each([1, 2, 3, 5, 7, 9, 11, 13, 17, 60, 61, 70, 99, 100, 110, 333, 1000, 1200, 1201, 6000, 7777])(
    "lets exactly %d through at once",
    (perMinute) => {
      expect(create(perMinute).exhaust()).toBe(perMinute);
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
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.array(fc.nat(5000), { maxLength: 20 }), (perMinute, pauses) => {
        const { clock, ask, exhaust } = create(perMinute);
        for (const pause of pauses) {
          clock.now += pause;
          ask();
          exhaust();
          const { retryAfter = 0 } = refusal(ask);
          expect(Number.isSafeInteger(retryAfter)).toBe(true);
          expect(retryAfter).toBeGreaterThan(0);
          expect(retryAfter).toBeLessThanOrEqual(Math.ceil(60 / perMinute));
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
    const limit = createRateLimit(0, () => START);
    for (let time = 0; time < 100; time += 1) {
      limit(() => {
        throw new Error("the key was read");
      });
    }
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
