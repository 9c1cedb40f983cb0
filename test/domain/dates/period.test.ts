import { describe, expect, test } from "bun:test";
import { datedIn, parsePeriod, readPeriod } from "../../../src/domain/dates/period.ts";
import { refusal } from "../../support/errors.ts";

/** A Saturday. */
const TODAY = "2026-11-21";
const SYSTEM = { today: () => TODAY };

function read(text: string, today = TODAY): string {
  const { from, to } = parsePeriod(text, { today: () => today });
  return `${from} ${to}`;
}

describe("a period", () => {
  test.each([
    ["today", "2026-11-21 2026-11-22"],
    ["yesterday", "2026-11-20 2026-11-21"],
    ["this week", "2026-11-16 2026-11-23"],
    ["week", "2026-11-16 2026-11-23"],
    ["last week", "2026-11-09 2026-11-16"],
    ["this month", "2026-11-01 2026-12-01"],
    ["last month", "2026-10-01 2026-11-01"],
    ["quarter", "2026-10-01 2027-01-01"],
    ["last quarter", "2026-07-01 2026-10-01"],
    ["year", "2026-01-01 2027-01-01"],
    ["last year", "2025-01-01 2026-01-01"],
    ["last 1 day", "2026-11-21 2026-11-22"],
    ["last 30 days", "2026-10-23 2026-11-22"],
    ["last 2 weeks", "2026-11-08 2026-11-22"],
    ["last 2 quarters", "2026-05-22 2026-11-22"],
    ["2026", "2026-01-01 2027-01-01"],
    ["2026-02", "2026-02-01 2026-03-01"],
    ["2026-02-28", "2026-02-28 2026-03-01"],
    ["2026-W53", "2026-12-28 2027-01-04"],
    ["november", "2026-11-01 2026-12-01"],
    ["Dec", "2025-12-01 2026-01-01"],
    ["dec 2026", "2026-12-01 2027-01-01"],
    ["2026-11-01..2026-11-15", "2026-11-01 2026-11-16"],
    ["2026-10 .. 2026-11", "2026-10-01 2026-12-01"],
    ["Last  Month..today", "2026-10-01 2026-11-22"],
    ["2026-11-16..", "2026-11-16 2026-11-22"],
  ])("%p is from one day to before another: %p", (text, days) => {
    expect(read(text)).toBe(days);
  });

  test.each([
    ["a Monday", "2026-11-16"],
    ["a Sunday", "2026-11-22"],
  ])("begins on Monday if it is this week, seen from %s", (_, today) => {
    expect(read("this week", today)).toBe("2026-11-16 2026-11-23");
  });

  test("ends where a shorter month ends", () => {
    expect(read("last 1 months", "2026-03-30")).toBe("2026-02-28 2026-03-31");
    expect(read("last month", "2026-03-31")).toBe("2026-02-01 2026-03-01");
  });

  test.each([
    "",
    "fortnight",
    "lst month",
    "2026-1",
    "last days",
    "friday",
    "month..soon",
    "this week +home",
    "..today",
  ])("is none: %p", (text) => {
    expect(refusal(() => parsePeriod(text, SYSTEM))).toMatchObject({
      code: "invalid_input",
      message: `"${text}" is not a period`,
    });
  });

  test.each([
    ["2026-13", "there is no 2026-13"],
    ["2026-11-31", "there is no 2026-11-31"],
    ["2026-11-01..2026-11-31", "there is no 2026-11-31"],
    ["0026", "only the years 1970 to 9999 can be used"],
    ["last 0 days", 'the period "last 0 days" has no days'],
    ["2026-11-15..2026-11-01", 'the period "2026-11-15..2026-11-01" has no days'],
    ["last 9999 years", "only the years 1970 to 9999 can be used"],
  ])("is refused with the reason: %p", (text, message) => {
    expect(refusal(() => parsePeriod(text, SYSTEM))).toMatchObject({ code: "invalid_input", message });
  });
});

describe("what was typed", () => {
  test.each([
    [["this", "month", "+home"], ["+home"]],
    [["last month", "+home"], ["+home"]],
    [["november", "2025"], []],
    [["november", "passport"], ["passport"]],
    [["last", "30", "days"], []],
    [["last month", "..", "today", "or"], ["or"]],
    [["2026-11-16..", "call ann"], ["call ann"]],
    [["2026", "a..b"], ["a..b"]],
  ])("%p begins with a period, before %p", (words, rest) => {
    expect(readPeriod(words, SYSTEM)?.rest).toEqual(rest);
  });

  test.each([[[]], [["+home", "today"]], [["orders", "last"]], [["a".repeat(200)]]])(
    "%p begins with no period",
    (words) => {
      expect(readPeriod(words, SYSTEM)).toBeUndefined();
    },
  );

  test.each([[["2026-11-31", "+home"]], [["2026-11..soon", "+home"]]])("%p begins with a wrong period", (words) => {
    expect(refusal(() => readPeriod(words, SYSTEM)).code).toBe("invalid_input");
  });
});

test.each([[["last", "wek"]], [["next month"]], [["next", "month", "+home"]], [["this"]], [["last 99999 days"]]])(
  "%p begins like a period and is none, so it is refused and not looked for",
  (words) => {
    expect(() => readPeriod(words, SYSTEM)).toThrow("is not a period");
  },
);

test("a period lasts from midnight to midnight where the user is, also where the clocks change", () => {
  const condition = datedIn(
    "completedAt",
    { from: "2026-10-25", to: "2026-10-26" },
    { timeZone: () => "Europe/Berlin" },
  );
  expect(condition).toEqual({
    kind: "dated",
    date: "completedAt",
    from: { day: "2026-10-25", moment: "2026-10-24T22:00:00Z" },
    before: { day: "2026-10-26", moment: "2026-10-25T23:00:00Z" },
  });
});

test.each(["9999", "9999-12", "9999-12-31", "2026 .. 9999"])(
  "%p ends behind all due dates, with the last year",
  (text) => {
    const condition = datedIn("dueDate", parsePeriod(text, SYSTEM), { timeZone: () => "Europe/Berlin" });
    expect(condition).toMatchObject({ before: { day: "9999-12-31T24:00:00Z", moment: "9999-12-31T23:00:00Z" } });
  },
);
