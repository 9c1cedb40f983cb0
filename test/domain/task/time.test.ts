import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { startFields, stopFields } from "../../../src/domain/task/time.ts";
import { TASK } from "../../support/tasks/task.ts";

const NODE = "a1b2c3d4";
const at = (moment: string) => Date.parse(moment);

describe("the time of a started task", () => {
  test("is added to that of this device, and no other's is touched", () => {
    const task = {
      ...TASK,
      startedAt: "2026-11-20T09:00:00.000Z",
      time: { [`2026-11:${NODE}`]: 60, "2026-11:00000001": 600, [`2026-10:${NODE}`]: 5 },
    };
    expect(stopFields(task, at("2026-11-20T09:25:00.400Z"), NODE)).toEqual({
      started_at: null,
      [`time:2026-11:${NODE}`]: 1560,
    });
  });

  test("belongs to the months of UTC in which it passed", () => {
    const task = { ...TASK, startedAt: "2026-11-30T23:59:00.000Z" };
    expect(stopFields(task, at("2027-01-01T00:00:30Z"), NODE)).toEqual({
      started_at: null,
      [`time:2026-11:${NODE}`]: 60,
      [`time:2026-12:${NODE}`]: 31 * 86_400,
      [`time:2027-01:${NODE}`]: 30,
    });
  });

  test.each([
    ["stops at once", "2026-11-20T09:00:00.000Z"],
    ["was started by a clock that is ahead", "2026-11-20T10:00:00.000Z"],
    ["was started at no moment at all", "soon"],
  ])("is none where it %s", (_, startedAt) => {
    expect(stopFields({ ...TASK, startedAt }, at("2026-11-20T09:00:00Z"), NODE)).toEqual({ started_at: null });
  });

  test("of a task that was forgotten is at most a year, in few fields", () => {
    const fields = stopFields({ ...TASK, startedAt: "1970-01-01T00:00:00.000Z" }, at("2026-11-20T09:00:00Z"), NODE);
    expect(Object.keys(fields).length).toBeLessThan(15);
    expect(Object.values(fields).reduce<number>((sum, seconds) => sum + Number(seconds), 0)).toBe(366 * 86_400);
  });

  test("is the time that passed, whatever months it is in", () => {
    const start = at("2026-01-01T00:00:00Z");
    fc.assert(
      fc.property(fc.nat(300 * 86_400), fc.nat(60 * 86_400), (offset, seconds) => {
        const from = start + offset * 1000;
        const task = { ...TASK, startedAt: new Date(from).toISOString() };
        const fields = stopFields(task, from + seconds * 1000, NODE);
        expect(Object.values(fields).reduce<number>((sum, each) => sum + Number(each), 0)).toBe(seconds);
      }),
    );
  });
});

test("a completed task can't be started, and says how it could", () => {
  const closed = { ...TASK, completedAt: "2026-11-20T09:00:00.000Z" };
  expect(() => startFields(closed, true, { now: "2026-11-20T09:00:00.000Z", isClosed: true })).toThrow("is completed");
});
