import { describe, expect, test } from "bun:test";
import { closingFields, isCancelled } from "../../../src/domain/task/closing.ts";
import { TASK } from "../../support/tasks/task.ts";
import { refusal } from "../../support/errors.ts";

const NOW = "2026-11-20T09:00:00.000Z";
const OPEN = TASK;
const DONE = { ...TASK, completedAt: "2026-11-19T09:00:00.000Z" };
const CANCELLED = { ...DONE, cancelled: true };
const SKIPPED = { ...DONE, skipped: true };
/** An older version reopened it, and knows nothing of the other field. */
const REOPENED = { ...OPEN, cancelled: true };

describe("a task", () => {
  test.each([
    ["open", OPEN, { completed: true }, { completed_at: NOW }],
    ["open", OPEN, { cancelled: true }, { completed_at: NOW, cancelled: true }],
    ["open", OPEN, { completed: true, cancelled: true }, { completed_at: NOW, cancelled: true }],
    ["open", OPEN, { completed: false }, {}],
    ["done", DONE, { completed: true }, {}],
    ["done", DONE, { completed: false }, { completed_at: null }],
    ["done", DONE, { cancelled: true }, { cancelled: true }],
    ["cancelled", CANCELLED, { completed: true, cancelled: true }, {}],
    ["cancelled", CANCELLED, { completed: true }, {}],
    ["cancelled", CANCELLED, { completed: true, cancelled: false }, { cancelled: false }],
    ["cancelled", CANCELLED, { completed: false }, { completed_at: null, cancelled: false }],
    ["reopened", REOPENED, { completed: true }, { completed_at: NOW, cancelled: false }],
    ["cancelled", CANCELLED, {}, {}],
    ["skipped", SKIPPED, { completed: false }, { completed_at: null, skipped: false }],
    ["skipped", SKIPPED, { cancelled: true }, { cancelled: true, skipped: false }],
    // What was read is sent back whole.
    ["skipped", SKIPPED, { completed: true, cancelled: false }, {}],
  ] as const)("that is %s is closed and reopened by what differs %#", (_, task, closing, fields) => {
    expect(closingFields(task, closing, NOW)).toEqual(fields);
  });

  test("can't be cancelled and open", () => {
    expect(refusal(() => closingFields(OPEN, { completed: false, cancelled: true }, NOW)).code).toBe("invalid_input");
  });

  test("that is open was not cancelled, whatever it was before", () => {
    expect([OPEN, DONE, CANCELLED, REOPENED].map(isCancelled)).toEqual([false, false, true, false]);
  });
});
