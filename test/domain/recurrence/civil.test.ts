import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { daysOfMonth, formatDay, fromDays, parseDay, toDays, weekdayOf } from "../../../src/domain/recurrence/civil.ts";
import { refusal } from "../../support/errors.ts";

const EPOCH = Temporal.PlainDate.from("1970-01-01");

describe("a day as a number", () => {
  test.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2000-02-29", 11_016],
    ["2000-03-01", 11_017],
    ["2026-11-23", 20_780],
    ["9999-12-31", 2_932_896],
  ])("%s is %d", (text, days) => {
    expect(parseDay(text)).toBe(days);
    expect(formatDay(days)).toBe(text);
  });

  test("is the one that Temporal counts, on both sides of every leap year", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
        const { year, month, day, dayOfWeek, daysInMonth } = EPOCH.add({ days });
        expect(fromDays(days)).toEqual({ year, month, day });
        expect(toDays(year, month, day)).toBe(days);
        expect(weekdayOf(days)).toBe(dayOfWeek - 1);
        expect(daysOfMonth(year, month)).toBe(daysInMonth);
      }),
    );
  });

  test("comes back from every day of a whole cycle of leap years", () => {
    for (let days = toDays(1900, 1, 1); days < toDays(2301, 1, 1); days += 1) {
      const { year, month, day } = fromDays(days);
      if (toDays(year, month, day) !== days) throw new Error(`${days} came back as ${toDays(year, month, day)}`);
    }
  });

  test.each(["", "2026-11-31", "2027-02-29", "2026-00-01", "2026-1-01", "2026-11-23T09:00", "26-11-23"])(
    "%p is refused",
    (text) => {
      expect(refusal(() => parseDay(text))).toMatchObject({
        code: "invalid_input",
        message: `"${text}" is not a day: write it like 2026-11-23`,
      });
    },
  );
});
