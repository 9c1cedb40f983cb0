import { describe, expect, test } from "bun:test";
import { checkSeries, formatSeries, readSeries, type Series } from "../../../src/domain/recurrence/series.ts";
import { refusal } from "../../support/errors.ts";

const mondays: Series = { mode: "due", start: "2026-11-23", zone: null, rule: "FREQ=WEEKLY;BYDAY=MO" };
const mornings: Series = { mode: "due", start: "2026-11-23T09:00", zone: "Europe/Berlin", rule: "FREQ=DAILY" };

describe("the stored text of a series", () => {
  test.each([
    ["due 2026-11-23 FREQ=WEEKLY;BYDAY=MO", mondays],
    ["due 2026-11-23T09:00[Europe/Berlin] FREQ=DAILY", mornings],
    [
      "done 2026-11-23 FREQ=MONTHLY;INTERVAL=3",
      { mode: "done", start: "2026-11-23", zone: null, rule: "FREQ=MONTHLY;INTERVAL=3" },
    ],
    [
      "each 2027-01-31 RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
      {
        mode: "each",
        start: "2027-01-31",
        zone: null,
        rule: "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
      },
    ],
    [
      "due 2026-11-23T23:59[America/Argentina/Buenos_Aires] FREQ=DAILY",
      { mode: "due", start: "2026-11-23T23:59", zone: "America/Argentina/Buenos_Aires", rule: "FREQ=DAILY" },
    ],
  ] as const)("%s is read and written", (text, series) => {
    expect(readSeries(text)).toEqual(series);
    expect(formatSeries(series)).toBe(text);
    expect(checkSeries(series)).toEqual(series);
  });

  test.each([
    "",
    "due",
    "due 2026-11-23",
    "soon 2026-11-23 FREQ=DAILY",
    "due 2026-02-30 FREQ=DAILY",
    "due 1969-12-31 FREQ=DAILY",
    "due 2026-11-23T24:00[Europe/Berlin] FREQ=DAILY",
    "due 2026-11-23T09:00 FREQ=DAILY",
    "due 2026-11-23[Europe/Berlin] FREQ=DAILY",
    "due 2026-11-23T09:00[Europe/Atlantis] FREQ=DAILY",
    "due 2026-11-23T09:00[+01:00] FREQ=DAILY",
    "due 2026-11-23 FREQ=HOURLY",
    "due 2026-11-23 FREQ=DAILY;BYHOUR=9",
    "done 2026-11-23 FREQ=DAILY;COUNT=3",
    "due 2026-11-23 FREQ=DAILY MORE=1",
    " due 2026-11-23 FREQ=DAILY",
  ])("%p is of no use to this version, and no error", (text) => {
    expect(readSeries(text)).toBeNull();
  });
});

describe("a series that is typed or imported", () => {
  test.each([
    [{ ...mondays, rule: "FREQ=SECONDLY" }, "FREQ=SECONDLY is not supported"],
    [{ ...mondays, start: "soon" }, '"soon" is not a start'],
    [{ ...mondays, start: "2026-11-23T09:00" }, "a start needs both a time and a time zone, or neither"],
    [{ ...mornings, zone: "Europe/Atlantis" }, 'unknown time zone "Europe/Atlantis"'],
    [{ ...mondays, rule: "FREQ=WEEKLY;BYHOUR=9" }, "BYHOUR needs a time of day"],
    [
      { ...mondays, mode: "done", rule: "FREQ=DAILY;COUNT=3" },
      "what is counted from completion can't end after a number of times",
    ],
    [
      { ...mondays, rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" },
      'the rule "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" has no day on which the task is due',
    ],
    [
      { ...mondays, rule: "FREQ=DAILY;UNTIL=20261122" },
      'the rule "FREQ=DAILY;UNTIL=20261122" has no day on which the task is due',
    ],
  ] satisfies [Series, string][])("is refused: %j", (series, message) => {
    expect(refusal(() => checkSeries(series))).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(message),
    });
  });
});
