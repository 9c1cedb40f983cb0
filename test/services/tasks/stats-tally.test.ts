import { describe, expect, test } from "bun:test";
import type { TaskActivity } from "../../../src/ports/store.ts";
import { beginOf, createStatsTally } from "../../../src/services/tasks/stats-tally.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

/** The clocks went back in the second night. It is 20 November now. */
const BERLIN = { ...SYSTEM, timeZone: () => "Europe/Berlin" };
const PARTS = [
  { from: "2026-10-24", to: "2026-10-25" },
  { from: "2026-10-25", to: "2026-10-26" },
  { from: "2026-10-26", to: "2026-10-27" },
];
const LONG_AGO = "2026-01-01T00:00:00.000Z";
const DONE = "2026-10-24T08:00:00.000Z";

const TASK: TaskActivity = {
  id: "a",
  project: null,
  createdAt: LONG_AGO,
  completedAt: null,
  dueDate: null,
  waitUntil: null,
  cancelled: false,
  skipped: false,
  isSeries: false,
  isRecord: false,
  seconds: 0,
};

function tally(tasks: readonly Partial<TaskActivity>[], blocked: readonly string[] = []) {
  const counted = createStatsTally({ parts: PARTS, blocked: new Set(blocked) }, BERLIN);
  for (const task of tasks) counted.add({ ...TASK, ...task });
  return counted;
}

describe("statistics", () => {
  test("count in the days of the user, from the first millisecond to the last", () => {
    expect(beginOf("2026-10-26", BERLIN)).toBe("2026-10-25T23:00:00.000Z");
    const moments = [
      "2026-10-23T21:59:59.999Z",
      "2026-10-23T22:00:00.000Z",
      "2026-10-24T21:59:59.999Z",
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T22:59:59.999Z",
      "2026-10-25T23:00:00.000Z",
      "2026-10-26T22:59:59.999Z",
      "2026-10-26T23:00:00.000Z",
    ];
    const { rows } = tally(moments.map((moment) => ({ completedAt: moment, createdAt: moment })));
    expect(rows.map(({ done, added }) => [done, added])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  test("count as added what was created, whatever became of it, and no record", () => {
    const { rows } = tally([
      { createdAt: DONE },
      { createdAt: DONE, completedAt: "2026-12-24T08:00:00.000Z", cancelled: true },
      { createdAt: DONE, completedAt: DONE, isSeries: true },
      { createdAt: DONE, completedAt: DONE, isRecord: true },
      { createdAt: null },
    ]);
    expect(rows[0]).toMatchObject({ added: 3, done: 1 });
  });

  test("tell apart how a task was closed, and leave out a series that has ended", () => {
    const { rows, projects } = tally([
      { completedAt: DONE },
      { completedAt: DONE, isRecord: true },
      { completedAt: DONE, cancelled: true },
      { completedAt: DONE, skipped: true, isRecord: true },
      { completedAt: DONE, isSeries: true },
      { completedAt: LONG_AGO },
    ]);
    expect(rows[0]).toMatchObject({ done: 2, cancelled: 1, skipped: 1 });
    expect(projects.get(null)).toMatchObject({ done: 2, open: 0 });
  });

  test.each<[string, string, boolean]>([
    ["2026-10-25", "2026-10-24T08:00:00.000Z", true],
    ["2026-10-25", "2026-10-25T22:59:59.999Z", true],
    ["2026-10-25", "2026-10-25T23:00:00.000Z", false],
    ["2026-10-24", "2026-10-24T21:59:59.999Z", true],
    ["2026-10-24", "2026-10-24T22:00:00.000Z", false],
    ["2027-01-01", "2026-10-23T22:00:00.000Z", true],
    ["9999-12-31", "2026-10-23T22:00:00.000Z", true],
    ["2026-10-25T09:00:00Z", "2026-10-25T09:00:00.999Z", true],
    ["2026-10-25T09:00:00Z", "2026-10-25T09:00:01.000Z", false],
  ])("say of what is due %s and was done %s that it was on time: %p", (dueDate, completedAt, isOnTime) => {
    const { punctuality } = tally([
      { dueDate, completedAt },
      { completedAt },
      { dueDate, completedAt, cancelled: true },
    ]);
    expect(punctuality).toEqual({ with_due_date: 1, on_time: Number(isOnTime) });
  });

  test("say of what is open what is overdue, waits and is blocked, and of what waits no more than that", () => {
    const { now } = tally(
      [
        { id: "a", dueDate: "2026-11-19" },
        { id: "b", dueDate: "2026-11-20" },
        { id: "c", dueDate: "2026-11-20T08:59:59Z" },
        { id: "d", dueDate: "2026-11-19", waitUntil: "2026-11-20" },
        { id: "e", dueDate: "2026-11-19", waitUntil: "2026-11-21" },
        { id: "f", dueDate: "2026-11-19", completedAt: DONE },
      ],
      ["b", "e", "f", "g"],
    );
    expect(now).toEqual({ open: 5, overdue: 3, waiting: 1, blocked: 1 });
  });

  test("keep projects apart as they are written, with the time of all of their tasks", () => {
    const { projects } = tally([
      { project: "Home", seconds: 60 },
      { project: "Home", seconds: 5, completedAt: "2026-12-24T08:00:00.000Z" },
      { project: "home", completedAt: DONE },
    ]);
    expect([...projects]).toEqual([
      ["Home", { open: 1, done: 0, seconds: 65 }],
      ["home", { open: 0, done: 1, seconds: 0 }],
    ]);
  });
});
