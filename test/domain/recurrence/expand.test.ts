import { describe, expect, test } from "bun:test";
import { formatDay, parseDay } from "../../../src/domain/recurrence/civil.ts";
import { expandRule, type LocalMoment } from "../../../src/domain/recurrence/expand.ts";
import { parseRule } from "../../../src/domain/recurrence/rule.ts";

/** `2026-11-23` or `2026-11-23 09:30`. */
function moment(text: string): LocalMoment {
  const [day = "", time = "00:00"] = text.split(" ");
  const [hours, minutes] = time.split(":").map(Number);
  return { day: parseDay(day), minute: (hours ?? 0) * 60 + (minutes ?? 0) };
}

function format({ day, minute }: LocalMoment): string {
  const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0"));
  return minute === 0 ? formatDay(day) : `${formatDay(day)} ${time.join(":")}`;
}

function first(count: number, rule: string, start: string, from?: string): string[] {
  const occurrences = expandRule(parseRule(rule), moment(start), from === undefined ? undefined : moment(from));
  return [...occurrences.take(count)].map(format);
}

describe("a rule occurs", () => {
  test.each([
    ["FREQ=DAILY", "2026-12-30", "2026-12-30 2026-12-31 2027-01-01 2027-01-02"],
    ["FREQ=DAILY;INTERVAL=10", "2026-11-23", "2026-11-23 2026-12-03 2026-12-13 2026-12-23"],
    ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-11-26", "2026-11-26 2026-11-27 2026-11-30 2026-12-01"],
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-1", "2026-11-23", "2027-02-28 2028-02-29 2029-02-28 2030-02-28"],
    ["FREQ=WEEKLY", "2026-11-23", "2026-11-23 2026-11-30 2026-12-07 2026-12-14"],
    ["FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-24", "2026-11-26 2026-11-30 2026-12-03 2026-12-07"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "2026-11-24", "2026-11-24 2026-11-29 2026-12-08 2026-12-13"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "2026-11-24", "2026-11-24 2026-12-06 2026-12-08 2026-12-20"],
    ["FREQ=WEEKLY;BYMONTH=1;BYDAY=FR", "2026-11-24", "2027-01-01 2027-01-08 2027-01-15 2027-01-22"],
    ["FREQ=MONTHLY", "2026-12-31", "2026-12-31 2027-01-31 2027-03-31 2027-05-31"],
    ["FREQ=MONTHLY;BYMONTHDAY=1,-1", "2026-11-23", "2026-11-30 2026-12-01 2026-12-31 2027-01-01"],
    ["FREQ=MONTHLY;BYDAY=3FR", "2026-11-23", "2026-12-18 2027-01-15 2027-02-19 2027-03-19"],
    ["FREQ=MONTHLY;BYDAY=5MO", "2026-11-23", "2026-11-30 2027-03-29 2027-05-31 2027-08-30"],
    ["FREQ=MONTHLY;BYDAY=-1FR", "2026-11-23", "2026-11-27 2026-12-25 2027-01-29 2027-02-26"],
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-11-23", "2027-08-13 2028-10-13 2029-04-13 2029-07-13"],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-23", "2026-11-30 2026-12-31 2027-01-29 2027-02-26"],
    ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", "2026-11-23", "2027-02-10 2027-05-10 2027-08-10 2027-11-10"],
    ["FREQ=YEARLY", "2026-11-23", "2026-11-23 2027-11-23 2028-11-23 2029-11-23"],
    ["FREQ=YEARLY", "2096-02-29", "2096-02-29 2104-02-29 2108-02-29 2112-02-29"],
    ["FREQ=YEARLY;BYMONTH=9;BYDAY=1MO", "2026-11-23", "2027-09-06 2028-09-04 2029-09-03 2030-09-02"],
    ["FREQ=YEARLY;BYDAY=53MO", "2026-11-23", "2029-12-31 2035-12-31 2040-12-31 2046-12-31"],
    ["FREQ=YEARLY;BYYEARDAY=-1,100", "2026-11-23", "2026-12-31 2027-04-10 2027-12-31 2028-04-09"],
    ["FREQ=YEARLY;BYYEARDAY=1;BYDAY=MO", "2026-11-23", "2029-01-01 2035-01-01 2046-01-01 2052-01-01"],
    ["FREQ=YEARLY;BYYEARDAY=31,32,60;BYMONTH=2", "2026-11-23", "2027-02-01 2028-02-01 2028-02-29 2029-02-01"],
    [
      "FREQ=YEARLY;BYYEARDAY=32,60;BYMONTH=2,3;BYMONTHDAY=1",
      "2026-11-23",
      "2027-02-01 2027-03-01 2028-02-01 2029-02-01",
    ],
    [
      "FREQ=YEARLY;BYYEARDAY=59,60;BYMONTH=2;BYMONTHDAY=-1",
      "2026-11-23",
      "2027-02-28 2028-02-29 2029-02-28 2030-02-28",
    ],
    // Two parts of which each is rare: 29 February is a Monday every 28 years, but for a century without it.
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2045-01-01", "2072-02-29 2112-02-29 2140-02-29 2168-02-29"],
  ])("%s from %s: %s", (rule, start, occurrences) => {
    expect(first(4, rule, start)).toEqual(occurrences.split(" "));
  });

  test("at the times of a day, in their order", () => {
    expect(first(5, "FREQ=DAILY;BYHOUR=20,8", "2026-11-23 09:30")).toEqual([
      "2026-11-23 20:30",
      "2026-11-24 08:30",
      "2026-11-24 20:30",
      "2026-11-25 08:30",
      "2026-11-25 20:30",
    ]);
    expect(first(3, "FREQ=DAILY;BYHOUR=8,12,20;BYSETPOS=1,-1", "2026-11-23 09:00")).toEqual([
      "2026-11-23 20:00",
      "2026-11-24 08:00",
      "2026-11-24 20:00",
    ]);
    expect(first(3, "FREQ=WEEKLY;BYHOUR=8,9;BYMINUTE=0,45;BYSETPOS=2,-1", "2026-11-23 08:30")).toEqual([
      "2026-11-23 08:45",
      "2026-11-23 09:45",
      "2026-11-30 08:45",
    ]);
  });

  test("no more once it was there COUNT times, wherever one looks from", () => {
    const rule = "FREQ=DAILY;COUNT=3";
    expect(first(9, rule, "2026-11-23")).toEqual(["2026-11-23", "2026-11-24", "2026-11-25"]);
    expect(first(9, rule, "2026-11-23", "2026-11-25")).toEqual(["2026-11-25"]);
    expect(first(9, rule, "2026-11-23", "2026-11-26")).toEqual([]);
  });

  test("on the day of UNTIL too, and at its minute", () => {
    expect(first(9, "FREQ=DAILY;UNTIL=20261124", "2026-11-23 09:00")).toEqual(["2026-11-23 09:00", "2026-11-24 09:00"]);
    expect(first(9, "FREQ=DAILY;UNTIL=20261124T090000", "2026-11-23 09:00")).toHaveLength(2);
    expect(first(9, "FREQ=DAILY;UNTIL=20261124T085959", "2026-11-23 09:00")).toEqual(["2026-11-23 09:00"]);
    expect(first(9, "FREQ=DAILY;UNTIL=20261122", "2026-11-23")).toEqual([]);
  });

  test("until the last day that a due date can be", () => {
    expect(first(9, "FREQ=DAILY", "9999-12-30")).toEqual(["9999-12-30", "9999-12-31"]);
    expect(first(9, "FREQ=YEARLY", "2026-12-31", "9998-06-01")).toEqual(["9998-12-31", "9999-12-31"]);
  });

  test("from a moment on, in the steps that it began with", () => {
    expect(first(2, "FREQ=DAILY;INTERVAL=3", "2026-11-23", "2036-11-23")).toEqual(["2036-11-24", "2036-11-27"]);
    expect(first(2, "FREQ=WEEKLY;INTERVAL=2", "2026-11-23", "2036-11-18")).toEqual(["2036-11-24", "2036-12-08"]);
    expect(first(2, "FREQ=MONTHLY;INTERVAL=5", "2026-11-23", "2036-11-24")).toEqual(["2037-04-23", "2037-09-23"]);
    expect(first(2, "FREQ=YEARLY;INTERVAL=4", "2026-11-23", "2036-11-24")).toEqual(["2038-11-23", "2042-11-23"]);
    expect(first(2, "FREQ=DAILY;BYHOUR=8,20", "2026-11-23 08:00", "2036-11-24 08:01")).toEqual([
      "2036-11-24 20:00",
      "2036-11-25 08:00",
    ]);
    expect(first(2, "FREQ=DAILY", "2026-11-23", "2020-01-01")).toEqual(["2026-11-23", "2026-11-24"]);
  });
});

describe("a day that a month or year lacks", () => {
  const monthly = "RSCALE=GREGORIAN;FREQ=MONTHLY";
  const yearly = "RSCALE=GREGORIAN;FREQ=YEARLY";
  test.each([
    [`${monthly};BYMONTHDAY=31;SKIP=OMIT`, "2027-01-31", "2027-01-31 2027-03-31 2027-05-31 2027-07-31"],
    [`${monthly};BYMONTHDAY=31;SKIP=BACKWARD`, "2027-01-31", "2027-01-31 2027-02-28 2027-03-31 2027-04-30"],
    [`${monthly};BYMONTHDAY=31;SKIP=FORWARD`, "2027-01-31", "2027-01-31 2027-03-01 2027-03-31 2027-05-01"],
    [`${monthly};SKIP=BACKWARD`, "2028-01-30", "2028-01-30 2028-02-29 2028-03-30 2028-04-30"],
    [`${monthly};INTERVAL=12;SKIP=BACKWARD`, "2028-02-29", "2028-02-29 2029-02-28 2030-02-28 2031-02-28"],
    [`${yearly};SKIP=BACKWARD`, "2028-02-29", "2028-02-29 2029-02-28 2030-02-28 2031-02-28"],
    [`${yearly};SKIP=FORWARD`, "2028-02-29", "2028-02-29 2029-03-01 2030-03-01 2031-03-01"],
    [`${yearly};BYYEARDAY=366;SKIP=FORWARD`, "2026-01-01", "2027-01-01 2028-01-01 2028-12-31 2030-01-01"],
    // What was moved is there once, also where another part or the next month gives the same day.
    [`${monthly};BYMONTHDAY=1,31;SKIP=FORWARD`, "2027-02-01", "2027-02-01 2027-03-01 2027-03-31 2027-04-01"],
    [`${monthly};BYMONTHDAY=28,29,30;SKIP=BACKWARD`, "2027-02-01", "2027-02-28 2027-03-28 2027-03-29 2027-03-30"],
    [`${monthly};BYMONTHDAY=-31,31;SKIP=BACKWARD`, "2027-01-01", "2027-01-01 2027-01-31 2027-02-28 2027-03-01"],
    // BYDAY limits what was moved: 1 March 2027 is a Monday, and not the first one of February.
    [`${monthly};BYMONTHDAY=31;BYDAY=MO;SKIP=FORWARD`, "2027-01-01", "2027-03-01 2027-05-31 2028-01-31 2028-05-01"],
    [`${monthly};BYMONTHDAY=1,31;BYDAY=1MO;SKIP=FORWARD`, "2027-01-01", "2027-02-01 2027-03-01 2027-11-01 2028-05-01"],
  ])("with %s from %s: %s", (rule, start, occurrences) => {
    expect(first(4, rule, start)).toEqual(occurrences.split(" "));
  });

  test("is counted once by COUNT where two months give it", () => {
    const rule = "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD;COUNT=3";
    expect(first(9, rule, "2027-02-01")).toEqual(["2027-02-01", "2027-03-01", "2027-03-31"]);
  });

  test("is found from the very day that it was moved to", () => {
    const rule = "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD";
    expect(first(2, rule, "2027-01-31", "2027-03-01")).toEqual(["2027-03-01", "2027-03-31"]);
    expect(first(2, "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;BYYEARDAY=366", "2026-01-01", "2031-01-01")).toEqual([
      "2031-01-01",
      "2032-01-01",
    ]);
  });
});
