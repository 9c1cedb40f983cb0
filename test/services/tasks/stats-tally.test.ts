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

const TASK = { id: "a", project: null, createdAt: LONG_AGO, dueDate: null, isRecord: false };
const OPEN: TaskActivity = { ...TASK, kind: "open", waitUntil: null };
const CLOSED: TaskActivity = { ...TASK, kind: "closed", completedAt: DONE, outcome: "done" };

function tally(tasks: readonly TaskActivity[], blocked: readonly string[] = []) {
  const counted = createStatsTally({ parts: PARTS, blocked: new Set(blocked) }, BERLIN);
  for (const task of tasks) counted.add(task);
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
    const { rows } = tally(moments.map((moment) => ({ ...CLOSED, completedAt: moment, createdAt: moment })));
    expect(rows.map(({ done, added }) => [done, added])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  test("count as added what was created, whatever became of it, and no record", () => {
    const { rows } = tally([
      { ...OPEN, createdAt: DONE },
      { ...CLOSED, createdAt: DONE, completedAt: "2026-12-24T08:00:00.000Z", outcome: "cancelled" },
      { ...CLOSED, createdAt: DONE, outcome: "ended" },
      { ...CLOSED, createdAt: DONE, isRecord: true },
      { ...OPEN, createdAt: "" },
    ]);
    expect(rows[0]).toMatchObject({ added: 3, done: 1 });
  });

  test("tell apart how a task was closed, and leave out a series that has ended", () => {
    const { rows, projects } = tally([
      CLOSED,
      { ...CLOSED, isRecord: true },
      { ...CLOSED, outcome: "cancelled" },
      { ...CLOSED, outcome: "skipped", isRecord: true },
      { ...CLOSED, outcome: "ended" },
      { ...CLOSED, completedAt: LONG_AGO },
    ]);
    expect(rows[0]).toMatchObject({ done: 2, cancelled: 1, skipped: 1 });
    expect(projects.get(null)).toEqual({ done: 2, open: 0 });
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
      { ...CLOSED, dueDate, completedAt },
      { ...CLOSED, completedAt },
      { ...CLOSED, dueDate, completedAt, outcome: "cancelled" },
    ]);
    expect(punctuality).toEqual({ with_due_date: 1, on_time: Number(isOnTime) });
  });

  test("say of what is open what is overdue, waits and is blocked, and of what waits no more than that", () => {
    const { now } = tally(
      [
        { ...OPEN, id: "a", dueDate: "2026-11-19" },
        { ...OPEN, id: "b", dueDate: "2026-11-20" },
        { ...OPEN, id: "c", dueDate: "2026-11-20T08:59:59Z" },
        { ...OPEN, id: "d", dueDate: "2026-11-19", waitUntil: "2026-11-20" },
        { ...OPEN, id: "e", dueDate: "2026-11-19", waitUntil: "2026-11-21" },
        { ...CLOSED, id: "f", dueDate: "2026-11-19" },
      ],
      ["b", "e", "f", "g"],
    );
    expect(now).toEqual({ open: 5, overdue: 3, waiting: 1, blocked: 1 });
  });

  test("keep projects apart as they are written", () => {
    const { projects } = tally([
      { ...OPEN, project: "Home" },
      { ...CLOSED, project: "Home" },
      { ...CLOSED, project: "home" },
    ]);
    expect([...projects]).toEqual([
      ["Home", { open: 1, done: 1 }],
      ["home", { open: 0, done: 1 }],
    ]);
  });
});
