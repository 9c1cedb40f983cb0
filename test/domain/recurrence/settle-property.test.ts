import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Act, ACTS, type Plan, runPlan } from "../../support/recurrence/fleet.ts";

const RUNS = { numRuns: 150 };

/** Half of what happens is that devices meet: who never meets has nothing to settle. */
function anyPlan(acts: readonly Act[], isOld: fc.Arbitrary<boolean>): fc.Arbitrary<Plan> {
  const skew = fc.integer({ min: -40_000, max: 40_000 });
  const device = fc.record({ isOld, skew });
  const step = fc.record({
    device: fc.nat(7),
    act: fc.oneof(fc.constantFrom(...acts), fc.constantFrom("receive" as const, "sync" as const)),
    choice: fc.nat(7),
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })),
  });
  return fc.record({
    rule: fc.nat(7),
    devices: fc
      .tuple(fc.record({ isOld: fc.constant(false), skew }), fc.array(device, { minLength: 2, maxLength: 3 }))
      .map(([first, others]) => [first, ...others]),
    steps: fc.array(step, { minLength: 8, maxLength: 30 }),
  });
}

const AS_IT_SHOULD_BE = {
  isAgreed: true,
  isSettled: true,
  doubled: 0,
  doneAgain: null,
  lost: [],
  isTickStale: false,
};

describe("devices that repeat a task apart from each other and then meet", () => {
  test("agree, have each occurrence once, and want nothing again that was done", () => {
    fc.assert(
      fc.property(anyPlan(ACTS, fc.constant(false)), (plan) => {
        expect(runPlan(plan)).toEqual(AS_IT_SHOULD_BE);
      }),
      RUNS,
    );
  });

  test("agree and have each occurrence once where some are of a version that knows no repeating tasks", () => {
    fc.assert(
      fc.property(anyPlan(ACTS, fc.boolean()), (plan) => {
        const { doneAgain: _, ...outcome } = runPlan(plan);
        expect({ ...outcome, doneAgain: null }).toEqual(AS_IT_SHOULD_BE);
      }),
      RUNS,
    );
  });
});
