import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readFilter } from "../../../src/domain/query/filter.ts";
import { hideWaiting } from "../../../src/domain/dates/waiting.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { type Condition, SEARCHED } from "../../../src/domain/query/query.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { refusal } from "../../support/errors.ts";
import { at } from "../../support/stores/test-user.ts";

const HIDDEN = hideWaiting(SYSTEM);

/** The conditions but for the one that hides what waits. */
function readAll(terms: readonly string[], literal: readonly string[] = []): Condition[] {
  return readFilter(terms, literal, SYSTEM).filter((condition) => !Bun.deepEquals(condition, HIDDEN));
}

function read(...terms: string[]) {
  return readAll(terms);
}

const DAY = "2026-11-20";
const PENDING = { kind: "status", status: "pending" } as const;

describe("filter terms", () => {
  test("mean pending tasks unless one says a status, also within not", () => {
    expect(read()).toEqual([PENDING]);
    expect(read("+a")).toEqual([PENDING, { kind: "tagged", tag: "a" }]);
    expect(read("status:all")).toEqual([{ kind: "status", status: "all" }]);
    expect(read("not:status:pending")).toEqual([{ kind: "not", condition: PENDING }]);
  });

  test("hide what waits unless one is about that or says a status", () => {
    for (const term of ["+a", "due:none", "is:active", "not:overdue", "scheduled:any"]) {
      expect(readFilter([term], [], SYSTEM).slice(0, 2)).toEqual([PENDING, HIDDEN]);
    }
    for (const term of ["is:waiting", "not:is:waiting", "wait:any", "wait:none", "not:wait:friday", "status:all"]) {
      expect(readFilter([term], [], SYSTEM)).toHaveLength(term === "status:all" ? 1 : 2);
    }
    expect(readFilter(["is:waiting"], [], SYSTEM)).toEqual([
      PENDING,
      { kind: "waiting", now: { day: "2026-11-20", moment: "2026-11-20T09:00:00Z" } },
    ]);
  });

  test.each<[string, object]>([
    ["scheduled:friday", { from: { day: "2026-11-27" }, before: { day: "2026-11-28" } }],
    ["scheduled.before:friday", { before: { day: "2026-11-27" } }],
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
      ["+", "+ a", "", "-x", "orders", "p5", "friday", "salt & pepper", "call ann: urgent", "Re: the roof"],
      ["https://example.org/a?due:friday", "17:00", "10:30:00", "C:\\Users", "~/notes:x", "std::list", "file:/etc"],
      ["me@example.org:x", "(draft)", "(a: b)", "!important", "3:1", ":x", '"', '"half', "and/or", "over due"],
    ].flat(),
  )("that mean nothing special are text to look for: %p", (text) => {
    expect(read(text)).toEqual([PENDING, { kind: "text", text, fields: SEARCHED }]);
  });

  test("in quotes of their own are text, however they would be read without", () => {
    const texts = ["due:x", "or", "+home", "not:overdue", "overdue", "recur:weekly", "+a or +b", "", '"'];
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
    expect(readAll([], ["+a", "status:all"])).toEqual([
      PENDING,
      { kind: "text", text: "+a", fields: SEARCHED },
      { kind: "text", text: "status:all", fields: SEARCHED },
    ]);
  });

  test("may be turned round as often as one likes", () => {
    const tag = { kind: "tagged", tag: "a" } as const;
    expect(read("not:not:+a")).toEqual([PENDING, tag]);
    expect(read("not:not:not:+a")).toEqual([PENDING, { kind: "not", condition: tag }]);
    expect(read(`${"not:".repeat(30_001)}+a`)).toEqual([PENDING, { kind: "not", condition: tag }]);
  });
});

const key = fc.constantFrom(
  "status:",
  "project:",
  "priority:",
  "due:",
  "due.before:",
  "due.after:",
  "+",
  "",
  "nonsense:",
  "https://",
  "pri:",
  '"',
);
const value = fc.oneof(
  fc.constantFrom(
    "none",
    "all",
    "friday",
    "tomorrow at 9",
    "9999-12-31",
    "1970-01-01",
    "high",
    "31 feb",
    "home",
    "",
    "or",
    "and",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ maxLength: 8 }),
);
const term = fc
  .tuple(fc.nat(3), key, value)
  .map(([times, name, content]) => `${"not:".repeat(times)}${name}${content}`);

describe("what looks like a filter term and is none", () => {
  test.each([
    ["due.befor:today", "due.befor:", "Did you mean due.before:today?"],
    ["dueafter:friday", "dueafter:", "Did you mean due.after:friday?"],
    ["not:stauts:all", "stauts:", "Did you mean status:all?"],
    ["Projekt:Home", "Projekt:", "Did you mean project:Home?"],
    ["Projekt:Side work", "Projekt:", 'Did you mean project:"Side work"?'],
    ["due.by:friday", "due.by:", "To take in friday as well: due.before:2026-11-28"],
    ["due.by:17:00", "due.by:", "Did you mean due.before:17:00?"],
    ["due.next:friday", "due.next:", "Did you mean due.before:friday or due.after:friday?"],
    ["tag:home", "tag:", "Did you mean +home?"],
    ["tags:home,@work", "tags:", "Did you mean +home +work?"],
    ["title:milk", "title:", "Did you mean milk?"],
    ["no:due", "no:", "Did you mean due:none?"],
    ["tag:", "tag:", "Did you mean +TAG?"],
    ["du:x", "du:", "Did you mean due:x?"],
    ["due=today", "due=", "Did you mean due:today?"],
    ["due<friday", "due<", "Did you mean due.before:friday?"],
    ["due>=friday", "due>=", "Did you mean due.after:friday?"],
    ["not:Project==Home", "project==", "Did you mean project:Home?"],
    ["proj!=Home", "project!=", "Did you mean not:project:Home?"],
  ])("is refused with the nearest term: %s", (text, named, guess) => {
    const { code, message, hints } = refusal(() => read("+a", text));
    expect([code, message, hints[0]]).toEqual(["invalid_input", `${named} is no filter term`, guess]);
    expect(hints[1]).toMatch(
      /^Terms: \+TAG, due:, due\.before:, .*not:, overdue, today, tomorrow, yesterday, p1 to p4\.$/,
    );
    expect(hints[2]).toBe("Text goes behind --: todo list -- WORDS");
  });

  test.each([
    ["completed", "Did you mean status:completed?"],
    ["Done", "Did you mean status:completed?"],
    ["all", "Did you mean status:all?"],
    ["upcoming", "Did you mean todo upcoming?"],
  ])("is refused where it stands alone and names a list elsewhere: %s", (word, guess) => {
    const { code, message, hints } = refusal(() => read(word));
    expect([code, message, hints[0]]).toEqual(["invalid_input", `"${word}" is no filter term`, guess]);
    expect(read(`"${word}"`)).toEqual([PENDING, { kind: "text", text: word, fields: SEARCHED }]);
    expect(readAll([], [word])).toEqual([PENDING, { kind: "text", text: word, fields: SEARCHED }]);
    expect(read("roof", word)).toHaveLength(3);
  });

  test.each(["recur:weekly", "completed.after:monday", "worked.after:today", "limit:3", "pr:high", "p:x", "memo:"])(
    "is refused with all terms where none is near: %s",
    (text) => {
      const { message, hints } = refusal(() => read(text));
      expect(message).toBe(`${text.split(":", 1)[0]}: is no filter term`);
      expect(hints[0]).toStartWith("Terms: ");
    },
  );

  test.each(["due:", "due.before:", "due.after:", "project:", "priority:", "status:", "not:", "not:not:", "pri:"])(
    "is refused with an example where a value is missing: %s",
    (text) => {
      const { code, message } = refusal(() => read(text));
      expect(code).toBe("invalid_input");
      expect(message).toMatch(
        /^(due|due\.before|due\.after|project|priority|status|not): needs a value, such as \1:\S+$/,
      );
    },
  );

  test.each([
    [["+a", "or", "+b"], '"or"'],
    [["OR"], '"OR"'],
    [["+a", "|", "+b"], '"|"'],
    [["not", "+a"], '"not"'],
    [["!", "+a"], '"!"'],
    [["and", "+a"], '"and"'],
    [["+a", "&&"], '"&&"'],
    [["+a or +b"], '"+a or +b"'],
    [["(+a or +b)"], '"(+a or +b)"'],
    [["(+a", "+b)"], '"(+a"'],
    [["!+a"], '"!+a"'],
    [["(due:today"], '"(due:today"'],
    [["! +a"], '"! +a"'],
    [["+a|+b"], '"+a|+b"'],
    [["+a&+b"], '"+a&+b"'],
    [["project:A +b"], '"project:A +b"'],
    [["project:A or project:B"], '"project:A or project:B"'],
    [["not:project:A|project:B"], '"project:A|project:B"'],
    [["due:today|due:tomorrow"], '"due:today|due:tomorrow"'],
    [["overdue +a"], '"overdue +a"'],
    [["today | overdue"], '"today | overdue"'],
    [["p1 or p2"], '"p1 or p2"'],
  ])("is refused where it joins terms as elsewhere: %p", (terms, named) => {
    const { code, message, hints } = refusal(() => read(...terms));
    expect([code, message]).toEqual(["invalid_input", `${named} is no filter term`]);
    expect(hints.at(-1)).toBe("Text goes behind --: todo list -- WORDS");
  });
});

describe("what only resembles terms that are joined", () => {
  test.each(["today and tomorrow's mail", "a|b", "R&D", "5 > 3", "x=y", "today +1"])("is a text: %s", (text) => {
    expect(read(text)).toEqual([PENDING, { kind: "text", text, fields: SEARCHED }]);
  });

  test.each(["A & B", "House or garden", "C++", "R&D +1"])("may be the name of a project: %s", (name) => {
    expect(read(`project:${name}`)).toEqual([PENDING, { kind: "in_project", project: name }]);
  });

  test("may be a tag", () => {
    expect(read("+R&D")).toEqual([PENDING, { kind: "tagged", tag: "R&D" }]);
  });
});

describe("whatever is typed", () => {
  test("only an error that is meant for the user is thrown", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), fc.array(value, { maxLength: 2 }), (terms, literal) => {
        try {
          const conditions = readFilter(terms, literal, SYSTEM);
          expect(conditions.length).toBeGreaterThanOrEqual(literal.length);
          expect(conditions.length).toBeLessThanOrEqual(terms.length + literal.length + 2);
        } catch (error) {
          expect(error).toBeInstanceOf(TodoError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("not: turns the condition of its term round, or takes a not: away", () => {
    fc.assert(
      fc.property(term, (text) => {
        fc.pre(isUnderstood(text) && text !== "" && !/^(not:)*$/.test(text));
        const condition = at(read(text), -1);
        const isTurned = /^not:/i.test(text);
        const turned: Condition =
          isTurned && condition.kind === "not" ? condition.condition : { kind: "not", condition };
        expect(at(read(`not:${text}`), -1)).toEqual(turned);
      }),
    );
  });
});

function isUnderstood(text: string): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}
