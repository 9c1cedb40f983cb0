import { describe, expect, test } from "bun:test";
import {
  type Fields,
  readValue,
  type Registers,
  type Scalar,
  stampFields,
  WALL_CLOCK,
} from "../../../src/domain/task/registers.ts";
import { readTask } from "../../../src/domain/task/read-task.ts";
import { CLOCKS } from "../../support/tasks/registers.ts";

const [CLOCK] = CLOCKS;
const LATER = `0${"f".repeat(23)}`;
const MADE_AT = "2025-11-20T03:08:41.800Z";

function read(registers: Registers) {
  return readTask({ id: "id", handle: "kqvz", revision: 7, registers });
}

function readFields(fields: Fields) {
  return read(stampFields(fields, CLOCK));
}

describe("reading a task from its registers", () => {
  test("shows every field under its name", () => {
    const task = readFields({
      title: "Buy milk",
      description: "Oat",
      completed_at: "2026-11-20T09:00:00.000Z",
      due_date: "2026-11-21",
      priority: "high",
      project: "Home",
      created_at: "2026-11-19T09:00:00.000Z",
      deleted_at: "2026-11-22T09:00:00.000Z",
      "tag:shop": true,
      scheduled_date: "2026-11-20",
      wait_until: "2026-11-19",
      cancelled: true,
      recurrence: "due 2026-11-21 FREQ=DAILY",
      occurrence: "2026-11-21",
      series: "019a9f3c-0000-7000-8000-000000000001",
      skipped: true,
      done_for: "2026-11-20",
      parent: "019a9f3c-0000-7000-8000-000000000002",
      rank: "a0",
      estimate: 30,
      started_at: "2026-11-20T08:00:00.000Z",
      "dep:019a9f3c-0000-7000-8000-000000000003": true,
      "remind:-PT30M": true,
      "note:019a9f3c-0000-7000-8000-000000000004": "Ask Ann",
      "time:2026-11:a1b2c3d4": 90,
    });
    expect(task).toEqual({
      id: "id",
      handle: "kqvz",
      revision: 7,
      title: "Buy milk",
      description: "Oat",
      completedAt: "2026-11-20T09:00:00.000Z",
      dueDate: "2026-11-21",
      priority: "high",
      project: "Home",
      tags: ["shop"],
      scheduledDate: "2026-11-20",
      waitUntil: "2026-11-19",
      cancelled: true,
      recurrence: "due 2026-11-21 FREQ=DAILY",
      occurrence: "2026-11-21",
      series: "019a9f3c-0000-7000-8000-000000000001",
      skipped: true,
      doneFor: "2026-11-20",
      parent: "019a9f3c-0000-7000-8000-000000000002",
      rank: "a0",
      estimateMinutes: 30,
      startedAt: "2026-11-20T08:00:00.000Z",
      dependsOn: ["019a9f3c-0000-7000-8000-000000000003"],
      reminders: ["-PT30M"],
      notes: [{ id: "019a9f3c-0000-7000-8000-000000000004", text: "Ask Ann" }],
      time: { "2026-11:a1b2c3d4": 90 },
      createdAt: "2026-11-19T09:00:00.000Z",
      updatedAt: MADE_AT,
      deletedAt: "2026-11-22T09:00:00.000Z",
    });
  });

  test("shows the wall clock of its latest edit, but not that of an earlier one", () => {
    const wall = stampFields({ title: "Buy milk", [WALL_CLOCK]: Date.UTC(2024, 0, 1) }, CLOCK);
    expect(read(wall).updatedAt).toBe("2024-01-01T00:00:00.000Z");
    expect(read({ ...wall, project: `${LATER}"Home"` }).updatedAt).not.toBe("2024-01-01T00:00:00.000Z");
  });

  test.each<[Scalar]>([["2024-01-01T00:00:00.000Z"], [null], [253_402_300_800_000], [-1], [0.5], [true]])(
    "shows the time of the clock if the wall clock beside it is %j",
    (value) => {
      expect(read(stampFields({ title: "Buy milk", [WALL_CLOCK]: value }, CLOCK)).updatedAt).toBe(MADE_AT);
    },
  );

  test("shows a task of which nothing is known as an empty one", () => {
    const epoch = "1970-01-01T00:00:00.000Z";
    expect(read({})).toMatchObject({ title: "", description: null, tags: [], createdAt: epoch, updatedAt: epoch });
  });

  test.each([
    ["a number", 5],
    ["true", true],
    ["null", null],
  ])("shows a text field that holds %s as absent", (_, value) => {
    const fields = { description: value, completed_at: value, due_date: value, project: value, deleted_at: value };
    const task = readFields({ ...fields, title: value, priority: value });
    expect(task).toMatchObject({ title: "", description: null, completedAt: null, dueDate: null });
    expect(task).toMatchObject({ priority: null, project: null, deletedAt: null });
  });

  test("shows a priority that this version does not know as none", () => {
    expect(readFields({ priority: "urgent" }).priority).toBeNull();
  });

  test("shows a rank and an estimate that could not be set here as none, so that what was read can be saved", () => {
    expect(readFields({ rank: "first!", estimate: 525_601 })).toMatchObject({ rank: null, estimateMinutes: null });
    expect(readFields({ rank: "", estimate: 1.5 })).toMatchObject({ rank: null, estimateMinutes: null });
    expect(readFields({ rank: "Zz", estimate: 525_600 })).toMatchObject({ rank: "Zz", estimateMinutes: 525_600 });
  });

  test("takes a list or an object in a register for nothing", () => {
    expect(readValue(`${CLOCK}["a"]`)).toBeNull();
    expect(readValue(`${CLOCK}{"a":1}`)).toBeNull();
  });

  test.each([
    ["cut off", `${CLOCK}"Buy mi`],
    ["without a value", CLOCK],
    ["shorter than a clock", CLOCK.slice(0, 10)],
    ["empty", ""],
    ["without a clock", '"Buy milk, and bread, and more"'],
    ["of other characters", "\uffff".repeat(30)],
  ])("still shows the rest of a task when one register is %s", (_, broken) => {
    const task = read({ ...stampFields({ description: "Oat" }, CLOCK), title: broken });
    expect(task).toMatchObject({ title: "", description: "Oat", updatedAt: MADE_AT });
  });

  test("sorts tags and leaves out those that were taken off", () => {
    const fields = { "tag:b": true, "tag:a": true, "tag:off": false, "tag:odd": "true", "tag:é": true, "tag:B": true };
    expect(readFields(fields).tags).toEqual(["B", "a", "b", "é"]);
  });

  test("takes a tag by its whole name, colons too", () => {
    expect(readFields({ "tag:a:b": true, tag: true, tags: true }).tags).toEqual(["a:b"]);
  });

  test("says that it was updated when its latest register was made, known or not", () => {
    const registers = {
      ...stampFields({ title: "x" }, CLOCK),
      ...stampFields({ energy: 1 }, "019a9f3d000000000000000f"),
    };
    expect(read(registers).updatedAt).toBe(new Date(0x019a9f3d0000).toISOString());
  });

  test("takes the time of its latest register for its creation when nothing says that", () => {
    expect(readFields({ title: "x" }).createdAt).toBe(MADE_AT);
  });
});
