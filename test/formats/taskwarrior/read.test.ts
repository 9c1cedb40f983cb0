import { describe, expect, test } from "bun:test";
import type { Found } from "../../../src/formats/found.ts";
import { readTaskwarrior } from "../../../src/formats/taskwarrior/read.ts";

const ID = "a0000000-a000-4000-a000-a00000000000";
const TEMPLATE = "b0000000-b000-4000-b000-b00000000000";
const CONTEXT = { zone: "Europe/Berlin" };

function readTasks(...tasks: readonly object[]): Found[] {
  return [...readTaskwarrior(`[\n${tasks.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`, CONTEXT)];
}

/** What is read of one task beside its own lines. */
function readOne(fields: object) {
  const found = readTasks({
    uuid: ID,
    description: "Pay rent",
    status: "pending",
    entry: "20260301T120000Z",
    ...fields,
  });
  const task = found.find((each) => each.kind === "task");
  return { record: task?.record, left: task?.left };
}

describe("a date", () => {
  test.each([
    // Midnight in Berlin is a day, whatever the zone of this machine.
    ["20260309T230000Z", "2026-03-10"],
    ["20260629T220000Z", "2026-06-30"],
    ["20260309T170000Z", "2026-03-09T17:00:00.000Z"],
    ["20260309T225959Z", "2026-03-09T22:59:59.000Z"],
    // Other programs write local time, or seconds.
    ["20260310T000000", "2026-03-10"],
    ["1773097200", "2026-03-10"],
    [1_773_097_200, "2026-03-10"],
  ])("%p is %p", (due, read) => {
    expect(readOne({ due }).record?.due_date).toBe(read);
  });

  test("that is none is named, and the task comes without it", () => {
    const { record, left } = readOne({ due: "20261340T000000Z", wait: "someday" });
    expect(record).not.toHaveProperty("due_date");
    expect(left).toEqual(['due "20261340T000000Z"', 'wait "someday"']);
  });
});

describe("a task", () => {
  test("has all that Taskwarrior knows of it", () => {
    const { record, left } = readOne({
      modified: "20260302T120000Z",
      scheduled: "20260309T230000Z",
      project: "House.Outside",
      priority: "H",
      tags: ["home", "Garten"],
      start: "20260303T080000Z",
      annotations: [{ entry: "20260302T100000Z", description: "Two litres" }],
      depends: [TEMPLATE.toUpperCase()],
    });
    expect(record).toEqual({
      title: "Pay rent",
      scheduled_date: "2026-03-10",
      project: "House.Outside",
      priority: "high",
      tags: ["home", "Garten"],
      depends_on: [TEMPLATE],
      notes: [{ at: Date.UTC(2026, 2, 2, 10), text: "Two litres" }],
      started_at: "2026-03-03T08:00:00.000Z",
      created_at: "2026-03-01T12:00:00.000Z",
      updated_at: "2026-03-02T12:00:00.000Z",
      completed_at: null,
    });
    expect(left).toEqual([]);
  });

  test.each([
    ["completed", { completed_at: "2026-03-04T08:00:00.000Z" }],
    ["deleted", { deleted_at: "2026-03-04T08:00:00.000Z" }],
  ])("that is %s is so since its end", (status, state) => {
    expect(readOne({ status, end: "20260304T080000Z" }).record).toMatchObject(state);
  });

  test("names what has no place", () => {
    expect(readOne({ priority: "urgent", until: "20260401T000000Z", estimate: "2h", urgency: 3, id: 7 }).left).toEqual([
      "field estimate",
      'priority "urgent"',
      "until",
    ]);
  });

  test("has what it waits for in one text before version 2.6", () => {
    expect(readOne({ depends: `${ID},${TEMPLATE}` }).record?.depends_on).toEqual([ID, TEMPLATE]);
  });
});

describe("a task that repeats", () => {
  const template = (more: object = {}) => ({
    uuid: TEMPLATE,
    description: "Water the beds",
    status: "recurring",
    entry: "20260501T120000Z",
    due: "20260502T220000Z",
    recur: "3days",
    mask: "+-",
    ...more,
  });
  const instance = (imask: number, due: string, more: object = {}) => ({
    uuid: `c0000000-c000-4000-c000-c0000000000${imask}`,
    description: "Water the beds",
    status: "pending",
    entry: "20260501T120000Z",
    parent: TEMPLATE,
    recur: "3days",
    imask,
    due,
    ...more,
  });
  const listRules = (found: readonly Found[]) =>
    found.flatMap((each) =>
      each.kind === "task" ? [[each.key.slice(-1), each.record.due_date, each.record.recurrence?.rule]] : [],
    );

  test("goes on with its newest open instance, and the template is no task", () => {
    const first = instance(0, "20260502T220000Z", { status: "completed", end: "20260504T080000Z" });
    const found = readTasks(template(), instance(2, "20260508T220000Z"), first, instance(1, "20260505T220000Z"));
    expect(listRules(found)).toEqual([
      ["2", "2026-05-09", "FREQ=DAILY;INTERVAL=3"],
      ["0", "2026-05-03", undefined],
      ["1", "2026-05-06", undefined],
    ]);
  });

  test("is due next when all its instances are closed", () => {
    const closed = instance(0, "20260502T220000Z", { status: "completed", end: "20260504T080000Z" });
    expect(listRules(readTasks(template({ mask: "+" }), closed))).toEqual([
      ["0", "2026-05-03", undefined],
      ["0", "2026-05-06", "FREQ=DAILY;INTERVAL=3"],
    ]);
  });

  test("is left out when it is over", () => {
    expect(readTasks(template({ until: "20260503T220000Z", mask: "++" }))).toEqual([
      { kind: "skipped", line: 2, why: "a repetition that is over" },
    ]);
  });

  test("begins anew from where an instance was put off to", () => {
    const found = readTasks(template(), instance(1, "20260506T220000Z"));
    expect(found).toMatchObject([{ record: { due_date: "2026-05-07", recurrence: { start: "2026-05-07" } } }]);
  });

  test.each([
    ["daily", "FREQ=DAILY"],
    ["weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
    ["fortnight", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"],
    ["P2W", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"],
    ["quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3"],
    ["yearly", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3"],
  ])("%s by a rule", (recur, rule) => {
    expect(listRules(readTasks(template({ recur, mask: "" })))[0]?.[2]).toBe(rule);
  });

  test.each(["6h", "PT1H", "when mum calls"])("%s comes once, and that is named", (recur) => {
    expect(readTasks(template({ recur, mask: "" }))).toMatchObject([
      { kind: "task", key: TEMPLATE, left: [`repetition ${recur}`] },
    ]);
  });
});

describe("a file", () => {
  test.each([
    ["a UUID that is none", { uuid: "1", description: "bad" }, 'uuid: "1" is no UUID'],
    ["no description", { uuid: ID }, "description: it is empty"],
    ["a status of its own", { uuid: ID, description: "bad", status: "foo" }, 'status: "foo" is unknown'],
    ["annotations that are none", { uuid: ID, description: "bad", annotations: "x" }, "annotations: this is no array"],
  ])("with %s is refused with the line", (_, task, problem) => {
    expect(readTasks({ uuid: TEMPLATE, description: "good" }, task)).toContainEqual({
      kind: "problem",
      line: 3,
      problem,
    });
  });

  test("that is cut off is refused with the line", () => {
    const text = '[\n{"description":"one"},\n{"description":"tw';
    expect([...readTaskwarrior(text, CONTEXT)]).toMatchObject([
      { kind: "task" },
      { kind: "problem", line: 3, problem: expect.stringContaining("not JSON") },
    ]);
  });

  test("may have an object over several lines, several on one, and no brackets", () => {
    const titles = (text: string) =>
      [...readTaskwarrior(text, CONTEXT)].map((each) => (each.kind === "task" ? each.record.title : each.kind));
    expect(titles('\n\n{\n"description"\n:\n"one"\n}\n')).toEqual(["one"]);
    expect(titles('[\n{"description":"one"},  {"description":"two"}\n]')).toEqual(["one", "two"]);
    expect(titles('{"description":"one"}\n{"description":"two"}\n')).toEqual(["one", "two"]);
    expect(titles("[]")).toEqual([]);
  });
});
