import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isCalendarDay, isDay, parseDueDate } from "../../../src/domain/dates/due-date.ts";
import { refusal } from "../../support/errors.ts";

describe("a due date that is a day", () => {
  test.each(["2026-11-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("stays %p", (day) => {
    expect(parseDueDate(day)).toBe(day);
    expect(isDay(day)).toBe(true);
    expect(isCalendarDay(day)).toBe(true);
  });

  test("stays a day for every day there is", () => {
    const days = fc.date({ min: new Date("1600-01-01"), max: new Date("2400-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(parseDueDate(day)).toBe(day);
      }),
    );
  });

  test.each(["2026-02-31", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00"])(
    "is refused when the calendar has no %p",
    (text) => {
      expect(isCalendarDay(text)).toBe(false);
      expect(refusal(() => parseDueDate(text))).toMatchObject({
        code: "invalid_input",
        message: `"${text}" is not a due date`,
      });
    },
  );
});

describe("a due date that is a moment", () => {
  test.each([
    ["2026-11-21T15:00:00Z", "2026-11-21T15:00:00Z"],
    ["2026-11-21T15:00Z", "2026-11-21T15:00:00Z"],
    ["2026-11-21 15:00:00z", "2026-11-21T15:00:00Z"],
    ["2026-11-21t15:00:00.999999999Z", "2026-11-21T15:00:00Z"],
    ["1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59Z"],
    ["2026-11-21T15:00:00+01:00", "2026-11-21T14:00:00Z"],
    ["2026-11-21T15:00:00-0530", "2026-11-21T20:30:00Z"],
    ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"],
    ["2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"],
    ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"],
  ])("%p is stored in UTC and whole seconds as %p", (text, stored) => {
    expect(parseDueDate(text)).toBe(stored);
    expect(isDay(stored)).toBe(false);
  });

  test("is stored in a form that reads as itself", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        const stored = parseDueDate(date.toISOString());
        expect(parseDueDate(stored)).toBe(stored);
        expect(stored).toHaveLength(20);
      }),
    );
  });

  test.each([
    ["has no offset", "2026-11-21T15:00:00"],
    ["names a zone", "2026-11-21T15:00:00[Europe/Berlin]"],
    ["has a day that is not there", "2026-02-31T15:00:00Z"],
    ["has an hour that is not there", "2026-11-21T24:00:00Z"],
    ["has a minute that is not there", "2026-11-21T15:60:00Z"],
    ["has no minutes", "2026-11-21T15Z"],
    ["has an offset of more than a day", "2026-11-21T15:00:00+25:00"],
    ["falls out of the years 0 to 9999 at the end, where order would break", "9999-12-31T23:30:00-01:00"],
    ["falls out of the years 0 to 9999 at the start", "0000-01-01T00:30:00+01:00"],
  ])("is refused when it %s", (_, text) => {
    expect(refusal(() => parseDueDate(text)).code).toBe("invalid_input");
  });
});

test.each(["", "tomorrow", "21.11.2026", "2026-11", "20261121", "2026-11-21 ", "+002026-11-21", "１２３４-11-21"])(
  "%p is not a due date, and the hint shows what is",
  (text) => {
    const error = refusal(() => parseDueDate(text));
    expect(error.code).toBe("invalid_input");
    expect(error.hints.join()).toContain("2026-11-21T15:00:00Z");
  },
);
