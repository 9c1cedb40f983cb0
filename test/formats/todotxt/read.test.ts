import { describe, expect, test } from "bun:test";
import type { ForeignTask, Found } from "../../../src/formats/found.ts";
import { readTodoTxt } from "../../../src/formats/todotxt/read.ts";

function readLines(...lines: readonly string[]): Found[] {
  return [...readTodoTxt(lines.join("\n"), { zone: "UTC" })];
}

function readOne(line: string): Pick<ForeignTask, "record" | "left"> {
  const [found] = readLines(line);
  if (found?.kind !== "task") throw new Error(`${line} is no task`);
  const { record, left } = found;
  return { record, left };
}

const OPEN = { tags: [], completed_at: null } as const;
const DONE = "2026-05-03T00:00:00.000Z";
const MADE = "2026-05-01T00:00:00.000Z";

describe("a line", () => {
  test.each([
    ["Buy milk", { title: "Buy milk", ...OPEN }],
    ["(A) 2026-05-01 Buy milk", { title: "Buy milk", ...OPEN, priority: "high", created_at: MADE }],
    ["2026-05-01 Buy milk", { title: "Buy milk", ...OPEN, created_at: MADE }],
    ["(a) Buy milk", { title: "(a) Buy milk", ...OPEN }],
    ["Buy (A) milk", { title: "Buy (A) milk", ...OPEN }],
    ["xenon lamp", { title: "xenon lamp", ...OPEN }],
    ["X 2026-05-03 Buy milk", { title: "X 2026-05-03 Buy milk", ...OPEN }],
    ["x 2026-05-03 2026-05-01 Buy milk", { title: "Buy milk", tags: [], created_at: MADE, completed_at: DONE }],
    ["x 2026-05-03 Buy milk pri:B", { title: "Buy milk", tags: [], priority: "medium", completed_at: DONE }],
    ["x Buy milk", { title: "Buy milk", tags: [], completed: true }],
  ] as const)("%p is read", (line, record) => {
    expect(readOne(line)).toEqual({ record, left: [] });
  });

  test("keeps in its title what stands within a sentence, and loses what stands at its end", () => {
    expect(readOne("Choose +Bath tiles with @ann +Home @shop due:2026-05-04").record).toEqual({
      title: "Choose +Bath tiles with",
      project: "Bath",
      tags: ["ann", "shop", "Home"],
      due_date: "2026-05-04",
      completed_at: null,
    });
  });

  test.each([
    "Ask a+b@mail.example about 3+4 @ noon",
    "See https://example.com/a:b",
    "Buy milk due:someday",
    "Buy milk effort:3",
    "Buy milk rec:3b",
    "Note: call Ann",
  ])("%p has nothing but a title", (line) => {
    expect(readOne(line)).toEqual({ record: { title: line, ...OPEN }, left: [] });
  });

  test("of nothing but metadata is its own title", () => {
    expect(readOne("+Home @shop").record).toMatchObject({ title: "+Home @shop", project: "Home", tags: ["shop"] });
  });

  test("names a lower priority and a second project", () => {
    expect(readOne("(F) Buy milk +Home +Shop")).toEqual({
      record: { title: "Buy milk", project: "Home", tags: ["Shop"], priority: "low", completed_at: null },
      left: ["another project of one task", "priority F"],
    });
  });

  test("has its own id, and others are parts of it", () => {
    const id = "9d88823e-97e6-414d-98b4-9317dfd57f71";
    expect(readLines(`Buy milk uuid:${id.toUpperCase()}`)).toMatchObject([{ key: id, record: { title: "Buy milk" } }]);
    const [trip, pack] = readLines("Plan the trip id:1", "Pack p:1");
    expect(pack).toMatchObject({ record: { title: "Pack", parent: trip?.kind === "task" ? trip.key : "" } });
  });

  test("that is hidden is left out and named", () => {
    expect(readLines("", "+Home @shop h:1")).toEqual([{ kind: "skipped", line: 2, why: "a hidden line (h:1)" }]);
  });
});

test.each([
  ["rec:+1y", { rule: "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", from: "due" }],
  ["rec:2w", { rule: "FREQ=WEEKLY;INTERVAL=2", from: "completion" }],
  ["rec:1b", { rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", from: "completion" }],
] as const)("%s is a repetition", (rec, recurrence) => {
  expect(readOne(`Renew it ${rec} due:2026-09-30`).record.recurrence).toEqual(recurrence);
});

test("lines may end as on Windows, and two that are the same are two", () => {
  expect(readLines("Buy milk\r", "Buy milk\r", "\r")).toHaveLength(2);
});
