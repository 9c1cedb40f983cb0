import { describe, expect, test } from "bun:test";
import type { ForeignTask, Found } from "../../../src/formats/found.ts";
import { readIcs } from "../../../src/formats/ics/read.ts";

const ID = "11111111-aaaa-4bbb-8ccc-000000000001";

function readLines(...lines: readonly string[]): Found[] {
  return [...readIcs(["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR", ""].join("\r\n"), { zone: "Europe/Berlin" })];
}

function readTodo(...lines: readonly string[]): ForeignTask {
  const [found] = readLines("BEGIN:VTODO", `UID:${ID.toUpperCase()}`, "SUMMARY:Pay rent", ...lines, "END:VTODO");
  if (found?.kind !== "task") throw new Error("this is no task");
  return found;
}

describe("a date", () => {
  test.each([
    ["DUE;VALUE=DATE:20260504", "2026-05-04"],
    ["DUE:20260504", "2026-05-04"],
    ["DUE:20260504T160000Z", "2026-05-04T16:00:00.000Z"],
    ["DUE:20260504T160000", "2026-05-04T14:00:00.000Z"],
    ["DUE;VALUE=DATE-TIME;TZID=America/New_York:20260504T160000", "2026-05-04T20:00:00.000Z"],
    ["DUE;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260504T160000", "2026-05-04T14:00:00.000Z"],
    ['DUE;TZID="W. Europe Standard Time":20260504T160000', "2026-05-04T14:00:00.000Z"],
  ])("%s is %s", (line, due) => {
    const { record, left } = readTodo(line);
    expect([record.due_date, left]).toEqual([due, []]);
  });

  test("in a zone that nobody knows is read in that of the user, and the zone is named", () => {
    const { record, left } = readTodo("DUE;TZID=Home:20260504T160000");
    expect([record.due_date, left]).toEqual(["2026-05-04T14:00:00.000Z", ["time zone Home"]]);
  });

  test("that is none is named", () => {
    const { record, left } = readTodo("DUE:20261340");
    expect([record.due_date, left]).toEqual([undefined, ["DUE 20261340"]]);
  });

  test("of a start that is the due date is no start, and one with a duration has an end", () => {
    expect(readTodo("DTSTART:20260504T160000Z", "DUE:20260504T160000Z").record).not.toHaveProperty("scheduled_date");
    expect(readTodo("DTSTART;VALUE=DATE:20260504", "DURATION:P2D").record).toMatchObject({
      scheduled_date: "2026-05-04",
      due_date: "2026-05-06",
    });
  });
});

test("a task has all that a calendar knows of it", () => {
  const { key, record, left } = readTodo(
    String.raw`DESCRIPTION:Both\nmonths\; really\, both`,
    "URL:https://example.com/rent",
    "PRIORITY:1",
    String.raw`CATEGORIES:Home,Bank\, mine`,
    "CATEGORIES:Late",
    "COMMENT:Ask Ann",
    "CREATED:20260501T100000Z",
    "LAST-MODIFIED:20260502T100000Z",
    "BEGIN:VALARM",
    "TRIGGER:-PT30M",
    "END:VALARM",
  );
  expect([key, left]).toEqual([ID, []]);
  expect(record).toEqual({
    title: "Pay rent",
    description: "Both\nmonths; really, both\nhttps://example.com/rent",
    priority: "high",
    tags: ["Home", "Bank, mine", "Late"],
    notes: [{ at: null, text: "Ask Ann" }],
    reminders: ["-PT30M"],
    created_at: "2026-05-01T10:00:00.000Z",
    updated_at: "2026-05-02T10:00:00.000Z",
    completed_at: null,
  });
});

describe("a state", () => {
  test.each([
    [["STATUS:COMPLETED", "COMPLETED:20260504T160000Z"], { completed_at: "2026-05-04T16:00:00.000Z" }],
    [["COMPLETED:20260504T160000Z"], { completed_at: "2026-05-04T16:00:00.000Z" }],
    [["PERCENT-COMPLETE:100"], { completed: true }],
    [
      ["STATUS:CANCELLED", "LAST-MODIFIED:20260504T160000Z"],
      { cancelled: true, completed_at: "2026-05-04T16:00:00.000Z" },
    ],
    [["STATUS:NEEDS-ACTION"], { completed_at: null }],
  ] as const)("%p is kept", (lines, state) => {
    expect(readTodo(...lines).record).toMatchObject(state);
  });

  test("between open and done is named", () => {
    expect(readTodo("STATUS:IN-PROCESS", "PERCENT-COMPLETE:40").left).toEqual([
      "percentage of what is done",
      "status IN-PROCESS",
    ]);
  });
});

describe("relations", () => {
  const todo = (uid: string, ...lines: string[]) => [
    "BEGIN:VTODO",
    `UID:${uid}`,
    `SUMMARY:${uid}`,
    ...lines,
    "END:VTODO",
  ];
  const listParents = (found: readonly Found[]) =>
    found.flatMap((each) => (each.kind === "task" ? [[each.key, each.record.parent]] : []));

  test("say what a task is a part of, whichever of both names the other", () => {
    expect(listParents(readLines(...todo("a"), ...todo("b", "RELATED-TO:A")))).toEqual([
      ["a", undefined],
      ["b", "a"],
    ]);
    expect(listParents(readLines(...todo("a", "RELATED-TO;RELTYPE=CHILD:b"), ...todo("b")))).toEqual([
      ["a", undefined],
      ["b", "a"],
    ]);
  });

  test("say what a task waits for, and others are named", () => {
    const [found] = readLines(...todo("a", "RELATED-TO;RELTYPE=DEPENDS-ON:B", "RELATED-TO;RELTYPE=SIBLING:c"));
    expect(found).toMatchObject({ record: { depends_on: ["b"] }, left: ["relation SIBLING"] });
  });
});

describe("a repetition", () => {
  test("is taken with its start and zone", () => {
    expect(readTodo("DUE;TZID=Europe/Berlin:20260503T180000", "RRULE:FREQ=DAILY;INTERVAL=2").record.recurrence).toEqual(
      {
        rule: "FREQ=DAILY;INTERVAL=2",
        start: "2026-05-03T18:00",
        time_zone: "Europe/Berlin",
      },
    );
  });

  test("that tasks here can't have is named", () => {
    const { record, left } = readTodo("DUE:20260503T180000Z", "RRULE:FREQ=SECONDLY", "EXDATE:20260504");
    expect([record.recurrence, left]).toEqual([undefined, ["EXDATE", "repetition FREQ=SECONDLY"]]);
  });
});

describe("a file", () => {
  test("may have several calendars, whose names are projects, and events among the tasks", () => {
    const text = ["House", "Garden"]
      .map(
        (name) =>
          `BEGIN:VCALENDAR\nX-WR-CALNAME:${name}\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nBEGIN:VTODO\nUID:${name}\nSUMMARY:y\nEND:VTODO\nEND:VCALENDAR\n`,
      )
      .join("");
    const found = [...readIcs(text, { zone: "UTC" })];
    expect(found.map((each) => (each.kind === "task" ? each.record.project : each.kind))).toEqual(["House", "Garden"]);
  });

  test("may break its lines, also within a parameter, and values may have colons in quotes", () => {
    const { record } = readTodo('DESCRIPTION;ALTREP="cid:a:b":one tw', " o three");
    expect(record.description).toBe("one two three");
  });

  test("has a task for each instance of one that was changed", () => {
    const instance = ["BEGIN:VTODO", `UID:${ID}`, "RECURRENCE-ID:20260504", "SUMMARY:Pay late", "END:VTODO"];
    const found = readLines("BEGIN:VTODO", `UID:${ID}`, "SUMMARY:Pay", "END:VTODO", ...instance);
    expect(found.map((each) => (each.kind === "task" ? each.key : each.kind))).toEqual([ID, `${ID}#20260504`]);
  });

  test("names a task without a title", () => {
    expect(readLines("BEGIN:VTODO", "UID:a", "END:VTODO")).toEqual([
      { kind: "skipped", line: 2, why: "a task without a title" },
    ]);
  });

  test.each([
    ["is cut off", "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\n", 2, "VTODO has no end"],
    ["has a line that is none", "BEGIN:VCALENDAR\nhello\nEND:VCALENDAR\n", 2, "this is no line of iCalendar"],
    ["ends what has not begun", "BEGIN:VCALENDAR\nEND:VTODO\n", 2, "VTODO ends that has not begun"],
  ])("that %s is refused with the line", (_, text, line, problem) => {
    expect([...readIcs(text, { zone: "UTC" })]).toContainEqual({ kind: "problem", line, problem });
  });
});
