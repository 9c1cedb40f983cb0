import { describe, expect, test } from "bun:test";
import { hideWaiting } from "../../../../src/domain/dates/waiting.ts";
import { SEARCHED } from "../../../../src/domain/query/query.ts";
import { PENDING, read, readConditions, withoutHiding } from "../../../support/filters.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

const HIDDEN = hideWaiting(SYSTEM);

const DAY = "2026-11-20";

describe("filter terms", () => {
  test("mean pending tasks unless one says a status, also within not", () => {
    expect(read()).toEqual([PENDING]);
    expect(read("+a")).toEqual([PENDING, { kind: "tagged", tag: "a" }]);
    expect(read("status:all")).toEqual([{ kind: "status", status: "all" }]);
    expect(read("not:status:pending")).toEqual([{ kind: "not", condition: PENDING }]);
  });

  test("hide what waits unless one is about that or says a status", () => {
    for (const term of ["+a", "due:none", "is:active", "not:overdue", "scheduled:any"]) {
      expect(readConditions([term]).slice(0, 2)).toEqual([PENDING, HIDDEN]);
    }
    for (const term of ["is:waiting", "not:is:waiting", "wait:any", "wait:none", "not:wait:friday", "status:all"]) {
      expect(readConditions([term])).toHaveLength(term === "status:all" ? 1 : 2);
    }
    expect(readConditions(["is:waiting"])).toEqual([
      PENDING,
      { kind: "waiting", now: { day: "2026-11-20", moment: "2026-11-20T09:00:00Z" } },
    ]);
  });

  test.each<[string, object]>([
    ["scheduled:friday", { from: { day: "2026-11-27" }, before: { day: "2026-11-28" } }],
    ["scheduled.before:friday", { before: { day: "2026-11-27" } }],
    ["scheduled:9999", { from: { day: "9999-01-01" }, before: { day: "9999-12-31T24:00:00Z" } }],
    ["scheduled.after:friday", { from: { day: "2026-11-28" } }],
    ["sched:17:00", { from: { moment: "2026-11-20T16:00:00Z" }, before: { moment: "2026-11-20T16:00:01Z" } }],
  ])("of other dates are ranges: %s", (term, range) => {
    expect(read(term)).toMatchObject([PENDING, { kind: "dated", date: "scheduledDate", ...range }]);
  });

  test("ask for a date that is there or is not", () => {
    const dated = { kind: "dated", date: "waitUntil" } as const;
    expect(read("wait:any")).toEqual([PENDING, dated]);
    expect(read("wait:none")).toEqual([PENDING, { kind: "not", condition: dated }]);
    expect(read("wait:friday")).toMatchObject([PENDING, { ...dated, from: { day: "2026-11-27" } }]);
    expect(read("scheduled:none")).toEqual([
      PENDING,
      { kind: "not", condition: { kind: "dated", date: "scheduledDate" } },
    ]);
  });

  test.each(
    [
      [
        "+",
        "+ a",
        "",
        "-x",
        "orders",
        "p5",
        "a|b",
        "R&D",
        "5 > 3",
        "x=y",
        "friday",
        "call ann: urgent",
        "Re: the roof",
      ],
      ["https://example.org/a?due:friday", "17:00", "10:30:00", "C:\\Users", "~/notes:x", "std::list", "file:/etc"],
      ["me@example.org:x", "f(x)", "a)", "3:1", ":x", '"', '"half', "and/or", "over due", "today +1", "R&D +1", "->"],
    ].flat(),
  )("that mean nothing special are text to look for: %p", (text) => {
    expect(read(text)).toEqual([PENDING, { kind: "text", text, fields: SEARCHED }]);
  });

  test("in quotes of their own are text, however they would be read without", () => {
    const texts = ["due:x", "or", "(", "!", "+home", "not:overdue", "overdue", "recur:weekly", "+a or +b", "", "a\\b"];
    for (const text of texts) {
      expect(read(`"${text}"`)).toEqual([PENDING, { kind: "text", text, fields: SEARCHED }]);
      expect(read(`not:"${text}"`)).toEqual([
        PENDING,
        { kind: "not", condition: { kind: "text", text, fields: SEARCHED } },
      ]);
    }
  });

  test.each<[string, string]>([
    ["DUE:none", "due:none"],
    ["Status:all", "status:all"],
    ["status:comp", "status:completed"],
    ["status:Deleted", "status:deleted"],
    ["pri:high", "priority:high"],
    ["prio:H", "priority:high"],
    ["priority:m", "priority:medium"],
    ["pri:LOW", "priority:low"],
    ["priority:None", "priority:none"],
    ["priority:p2", "priority:medium"],
    ["p1", "priority:high"],
    ["P2", "priority:medium"],
    ["p3", "priority:low"],
    ["p4", "priority:none"],
    ["proj:House", "project:House"],
    ["pro:none", "project:none"],
    ["Project:House", "project:House"],
    ["OVERDUE", "overdue"],
    ["Today", "due:today"],
    ["tomorrow", "due:tomorrow"],
    ["yesterday", "due:yesterday"],
    ["NOT:+a", "not:+a"],
    ["not:p1", "not:priority:high"],
    ["not:today", "not:due:today"],
  ])("are understood in any case and in short: %s is %s", (short, whole) => {
    expect(read(short)).toEqual(read(whole));
  });

  test("go by what people mean by a name: in any case, and with the levels of a project", () => {
    expect(read("+Home", "project:Work/Tax")).toEqual([
      PENDING,
      { kind: "tagged", tag: "Home" },
      { kind: "in_project", project: "Work/Tax" },
    ]);
    expect(read("project:none")).toEqual([PENDING, { kind: "project", project: null }]);
  });

  test.each<[string[], string[]]>([
    [["due:friday", "17:00"], ["due:friday 17:00"]],
    [
      ["due.before:next", "friday", "+a"],
      ["due.before:next friday", "+a"],
    ],
    [
      ["not:due.after:21", "nov", "2027", "roof"],
      ["not:due.after:21 nov 2027", "roof"],
    ],
    [
      ["due:tomorrow", "at", "9", "at", "home"],
      ["due:tomorrow at 9", "at", "home"],
    ],
    [
      ["due:friday", "5", "apples"],
      ["due:friday", "5", "apples"],
    ],
    [
      ["due:friday", "+2w"],
      ["due:friday", "+2w"],
    ],
    [
      ["due:friday", "today"],
      ["due:friday", "today"],
    ],
    [
      ["roof", "17:00"],
      ["roof", "17:00"],
    ],
  ])("whose date has several words take those that make one date with it: %p", (typed, joined) => {
    expect(read(...typed)).toEqual(joined.flatMap((whole, place) => read(whole).slice(place === 0 ? 0 : 1)));
  });

  test("may be joined by and, which says nothing new", () => {
    expect(read("+a", "and", "due:none", "AND", "roof")).toEqual(read("+a", "due:none", "roof"));
  });

  test.each(["12:00", "23:59:59"])(
    "that name a moment of a day mean no task that is due on the whole day: due:%s",
    (time) => {
      expect(read(`due:${time}`)).toMatchObject([
        PENDING,
        { kind: "dated", date: "dueDate", from: { day: DAY }, before: { day: DAY } },
      ]);
      expect(read("due:today")).toMatchObject([PENDING, { from: { day: DAY }, before: { day: "2026-11-21" } }]);
    },
  );

  test("take dates as due does, sums too", () => {
    expect(read("due.before:eom+1d")).toMatchObject([PENDING, { before: { day: "2026-12-01" } }]);
    expect(read("due:weekend")).toMatchObject([
      PENDING,
      { from: { day: "2026-11-21" }, before: { day: "2026-11-22" } },
    ]);
    expect(() => read("due.before:due+1d")).toThrow("only a task that is edited has a due date to count from");
  });

  test("behind -- are all text", () => {
    expect(withoutHiding(readConditions([], ["+a", "status:all"]))).toEqual([
      PENDING,
      { kind: "text", text: "+a", fields: SEARCHED },
      { kind: "text", text: "status:all", fields: SEARCHED },
    ]);
  });

  test("may be turned round as often as one likes", () => {
    const tag = { kind: "tagged", tag: "a" } as const;
    expect(read("not:not:+a")).toEqual([PENDING, tag]);
    expect(read("not:not:not:+a")).toEqual([PENDING, { kind: "not", condition: tag }]);
    expect(read(`${"not:".repeat(299)}+a`)).toEqual([PENDING, { kind: "not", condition: tag }]);
  });
});
