import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readFilter } from "../../../src/cli/input/filter.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import type { Condition } from "../../../src/domain/query/query.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { at } from "../../support/stores/test-user.ts";

function read(...terms: string[]) {
  return readFilter(terms, [], SYSTEM);
}

const DAY = "2026-11-20";
const PENDING = { kind: "status", status: "pending" } as const;

describe("filter terms", () => {
  test("mean pending tasks unless one says a status, also within not", () => {
    expect(read()).toEqual([PENDING]);
    expect(read("+a")).toEqual([PENDING, { kind: "tag", tag: "a" }]);
    expect(read("status:all")).toEqual([{ kind: "status", status: "all" }]);
    expect(read("not:status:pending")).toEqual([{ kind: "not", condition: PENDING }]);
  });

  test.each(["+", "+ a", "due.within:friday", "Status:all", "note:x", "not:", "project:", "OVERDUE", "", "-x"])(
    "that mean nothing special are text to look for: %p",
    (text) => {
      expect(read(text)).toEqual([PENDING, { kind: "text", text }]);
    },
  );

  test.each(["12:00", "23:59:59"])(
    "that name a moment of a day mean no task that is due on the whole day: due:%s",
    (time) => {
      expect(read(`due:${time}`)).toMatchObject([PENDING, { kind: "due", from: { day: DAY }, before: { day: DAY } }]);
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
    expect(readFilter([], ["+a", "status:all"], SYSTEM)).toEqual([
      PENDING,
      { kind: "text", text: "+a" },
      { kind: "text", text: "status:all" },
    ]);
  });

  test("may be turned round as often as one likes", () => {
    const tag = { kind: "tag", tag: "a" } as const;
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
);
const value = fc.oneof(
  fc.constantFrom("none", "all", "friday", "tomorrow at 9", "9999-12-31", "1970-01-01", "high", "31 feb", "home", ""),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ maxLength: 8 }),
);
const term = fc
  .tuple(fc.nat(3), key, value)
  .map(([times, name, content]) => `${"not:".repeat(times)}${name}${content}`);

describe("whatever is typed", () => {
  test("only an error that is meant for the user is thrown", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), fc.array(value, { maxLength: 2 }), (terms, literal) => {
        try {
          const conditions = readFilter(terms, literal, SYSTEM);
          expect(conditions.length).toBeGreaterThanOrEqual(terms.length + literal.length);
          expect(conditions.length).toBeLessThanOrEqual(terms.length + literal.length + 1);
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
        const turned: Condition = condition.kind === "not" ? condition.condition : { kind: "not", condition };
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
