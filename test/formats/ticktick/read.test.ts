import { describe, expect, test } from "bun:test";
import type { ForeignTask, Found } from "../../../src/formats/found.ts";
import { readTicktick } from "../../../src/formats/ticktick/read.ts";

const PREAMBLE = '"Date: 2026-08-15+0000"\n"Version: 7.2"\n"Status: \n0 Normal\n2 Completed"\n';
const PLAIN = {
  "Folder Name": "",
  "List Name": "Inbox",
  Title: "Pay rent",
  Kind: "TEXT",
  Tags: "",
  Content: "",
  "Start Date": "",
  "Due Date": "",
  Reminder: "",
  Repeat: "",
  Priority: "0",
  Status: "0",
  "Created Time": "2026-01-01T10:00:00+0000",
  "Completed Time": "",
  Timezone: "Europe/Berlin",
  "Is All Day": "false",
  "Column Name": "",
  taskId: "1",
  parentId: "",
};
type Row = Partial<Record<keyof typeof PLAIN, string>>;

function read(...rows: readonly Row[]): Found[] {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  const lines = [Object.keys(PLAIN), ...rows.map((row) => Object.values({ ...PLAIN, ...row }))].map(line);
  return [...readTicktick(`${PREAMBLE}${lines.join("\n")}\n`, { zone: "UTC" })];
}

function readTasks(...rows: readonly Row[]): ForeignTask[] {
  return read(...rows).filter((each) => each.kind === "task");
}

describe("a date", () => {
  test.each([
    ["true", "2018-12-11T23:00:00+0000", "2018-12-12"],
    ["false", "2018-12-11T23:00:00+0000", "2018-12-11T23:00:00.000Z"],
    // As a spreadsheet saves it.
    ["false", "2018-12-11 23:00:00", "2018-12-11T22:00:00.000Z"],
  ])("for all of a day: %s, %s, is %s", (isAllDay, text, due) => {
    expect(readTasks({ "Is All Day": isAllDay, "Due Date": text })[0]?.record.due_date).toBe(due);
  });

  test("of a start alone, or that is the due date, is the due date", () => {
    const [day, other] = ["2018-12-11T23:00:00+0000", "2018-12-13T23:00:00+0000"];
    const dates = (row: Row) => {
      const { due_date: due, scheduled_date: scheduled } = readTasks({ ...row, "Is All Day": "true" })[0]?.record ?? {};
      return [due, scheduled];
    };
    expect(dates({ "Start Date": day })).toEqual(["2018-12-12", undefined]);
    expect(dates({ "Start Date": day, "Due Date": day })).toEqual(["2018-12-12", undefined]);
    expect(dates({ "Start Date": day, "Due Date": other })).toEqual(["2018-12-14", "2018-12-12"]);
  });
});

test("a task has its list, tags, priority, and the lines of its checklist", () => {
  const [task] = readTasks({
    "Folder Name": "Work",
    "List Name": "Projects",
    "Column Name": "Doing",
    Tags: "urgent, #eng",
    Priority: "5",
    Kind: "CHECKLIST",
    Content: "▫One\n▪Two",
  });
  expect(task?.record).toMatchObject({
    project: "Work/Projects/Doing",
    tags: ["urgent", "#eng"],
    priority: "high",
    description: "- [ ] One\n- [x] Two",
  });
});

test.each([
  ["0", { completed_at: null }],
  ["2", { completed_at: "2026-01-05T00:00:00.000Z" }],
  ["1", { completed_at: "2026-01-05T00:00:00.000Z" }],
  ["-1", { completed_at: "2026-01-05T00:00:00.000Z", cancelled: true }],
])("status %s is kept, and the inbox is no project", (Status, state) => {
  const [task] = readTasks({ Status, "Completed Time": Status === "0" ? "" : "2026-01-05T00:00:00+0000" });
  expect(task?.record).toEqual({
    title: "Pay rent",
    tags: [],
    created_at: "2026-01-01T10:00:00.000Z",
    ...state,
  });
});

test("a child may stand before what it is a part of", () => {
  const [child, parent] = readTasks(
    { Title: "Pack", taskId: "2", parentId: "1", "Created Time": "2026-01-02T10:00:00+0000" },
    { Title: "Travel" },
  );
  expect(child?.record.parent).toBe(parent?.key);
});

test("of a task that repeats the open time goes on, and what was done keeps its name in the next backup", () => {
  const repeat = { Repeat: "RRULE:FREQ=WEEKLY", "Due Date": "2026-08-07T09:00:00+0000" };
  const done = (time: string) => ({ ...repeat, Status: "2", "Completed Time": time });
  const before = readTasks({ ...repeat }, done("2026-07-31T10:00:00+0000"));
  const after = readTasks({ ...repeat }, done("2026-08-07T10:00:00+0000"), done("2026-07-31T10:00:00+0000"));
  expect(after[0]?.key).toBe(before[0]?.key);
  expect(after[2]?.key).toBe(before[1]?.key);
  expect(after.map(({ record }) => record.recurrence?.rule)).toEqual(["FREQ=WEEKLY", undefined, undefined]);
});

test("what has no place is named", () => {
  const [task] = readTasks({ Kind: "NOTE", Reminder: "-PT5M", Repeat: "ERULE:NAME=CUSTOM", Priority: "9" });
  expect(task?.left).toEqual(["repetition ERULE:NAME=CUSTOM", "kind NOTE", "reminder", "priority 9"]);
});

test("a file of something else is refused", () => {
  expect([...readTicktick("a,b\n1,2\n", { zone: "UTC" })]).toEqual([
    { kind: "problem", line: 2, problem: "there is no header with the columns list name, title, status" },
  ]);
});
