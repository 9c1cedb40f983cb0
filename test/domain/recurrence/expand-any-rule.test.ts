import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseDay } from "../../../src/domain/recurrence/civil.ts";
import { expandRule, type LocalMoment } from "../../../src/domain/recurrence/expand.ts";
import { parseRule, type Rule } from "../../../src/domain/recurrence/rule.ts";

const EPOCH = Temporal.PlainDate.from("1970-01-01");
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const YEARS_AHEAD_DAYS = 12 * 366;

/** A list of values as a part of a rule, or nothing. */
function part(name: string, value: fc.Arbitrary<string | number>, maxLength = 4): fc.Arbitrary<string> {
  const list = fc.array(value, { minLength: 1, maxLength }).map((values) => `;${name}=${values.join(",")}`);
  return fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: list });
}

function fromEitherEnd(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: -max, max }).filter((number) => number !== 0);
}

const weekday = fc.constantFrom(...WEEKDAYS);
const month = part("BYMONTH", fc.integer({ min: 1, max: 12 }));
const monthDay = part("BYMONTHDAY", fromEitherEnd(31));
const plainDay = part("BYDAY", weekday);
const nthDay = (max: number) =>
  part(
    "BYDAY",
    fc.tuple(fromEitherEnd(max), weekday).map(([nth, day]) => `${nth}${day}`),
  );
const yearDay = part("BYYEARDAY", fromEitherEnd(366));
const weekStart = fc.constantFrom("", ";WKST=SU", ";WKST=WE");

function join(freq: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const interval = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })).map((steps) => `;INTERVAL=${steps}`);
  return fc.tuple(interval, ...parts).map((texts) => `FREQ=${freq}${texts.join("")}`);
}

/** Rules that pick each day by itself: what they say of a day does not depend on other days. */
const plainRule = fc.oneof(
  join("DAILY", month, monthDay, plainDay),
  join("WEEKLY", month, plainDay, weekStart),
  join("MONTHLY", month, monthDay, fc.oneof(plainDay, nthDay(5))),
  join("YEARLY", month, fc.oneof(plainDay, nthDay(53))),
  join("YEARLY", yearDay, fc.oneof(plainDay, nthDay(53))),
  join("YEARLY", month.filter(Boolean), monthDay, fc.oneof(plainDay, nthDay(5))),
);

const anyRule = fc
  .tuple(
    plainRule,
    fc.constantFrom("", ";RSCALE=GREGORIAN;SKIP=BACKWARD", ";RSCALE=GREGORIAN;SKIP=FORWARD"),
    part("BYHOUR", fc.integer({ min: 0, max: 23 })),
    part("BYMINUTE", fc.integer({ min: 0, max: 59 }), 2),
    part("BYSETPOS", fromEitherEnd(6), 3),
  )
  .map(([plain, skip, hours, minutes, positions]) => {
    const hasSelection = /BY/.test(plain + hours + minutes);
    return `${plain}${skip}${hours}${minutes}${hasSelection ? positions : ""}`;
  });

const day = fc.integer({ min: parseDay("1995-01-01"), max: parseDay("2105-12-31") });
const moment = fc.record({ day, minute: fc.integer({ min: 0, max: 1439 }) });

function toMinutes({ day: days, minute }: LocalMoment): number {
  return days * 1440 + minute;
}

/** The occurrences up to a day, from the start or from a later moment. */
function expandUntil(rule: Rule, start: LocalMoment, lastDay: number, from?: LocalMoment): number[] {
  const found: number[] = [];
  for (const occurrence of expandRule(rule, start, from)) {
    if (occurrence.day > lastDay) break;
    found.push(toMinutes(occurrence));
  }
  return found;
}

describe("any rule", () => {
  test("occurs in order, never twice, and never before its start", () => {
    fc.assert(
      fc.property(anyRule, moment, (text, start) => {
        const found = [...expandRule(parseRule(text), start).take(200)].map(toMinutes);
        expect(found.every((minutes) => minutes >= toMinutes(start))).toBe(true);
        expect(found.every((minutes, index) => index === 0 || minutes > (found[index - 1] ?? 0))).toBe(true);
      }),
    );
  });

  test("occurs from a moment on just as often as it does from its start on", () => {
    fc.assert(
      fc.property(anyRule, moment, fc.nat(YEARS_AHEAD_DAYS), fc.nat(1439), (text, start, ahead, minute) => {
        const rule = parseRule(text);
        const from = { day: start.day + ahead, minute };
        const lastDay = from.day + 800;
        const all = expandUntil(rule, start, lastDay);
        const later = all.filter((minutes) => minutes >= toMinutes(from));
        expect(expandUntil(rule, start, lastDay, from)).toEqual(later);
        // With COUNT nothing is jumped over.
        const counted = { ...rule, count: all.length + 1 };
        expect(expandUntil(counted, start, lastDay, from)).toEqual(later);
      }),
      { numRuns: 200 },
    );
  });

  test("ends at the last of COUNT, from wherever one looks", () => {
    fc.assert(
      fc.property(anyRule, moment, fc.integer({ min: 1, max: 30 }), fc.nat(900), (text, start, count, ahead) => {
        const all = [...expandRule(parseRule(text), start).take(count)].map(toMinutes);
        const counted = { ...parseRule(text), count };
        const from = { day: start.day + ahead, minute: 0 };
        expect([...expandRule(counted, start)].map(toMinutes)).toEqual(all);
        expect([...expandRule(counted, start, from)].map(toMinutes)).toEqual(
          all.filter((minutes) => minutes >= toMinutes(from)),
        );
      }),
    );
  });

  test("without times and positions occurs on just the days that each of its parts allows", () => {
    fc.assert(
      fc.property(plainRule, day, (text, start) => {
        const rule = parseRule(text);
        const lastDay = start + 1500;
        const days = Array.from({ length: lastDay - start + 1 }, (_, index) => start + index);
        const found = expandUntil(rule, { day: start, minute: 0 }, lastDay).map((minutes) => minutes / 1440);
        expect(found).toEqual(days.filter((each) => isAllowed(rule, toDate(start), toDate(each))));
      }),
      { numRuns: 60 },
    );
  });
});

function toDate(days: number): Temporal.PlainDate {
  return EPOCH.add({ days });
}

/** RFC 5545's table of what limits and what expands, day by day and with Temporal. */
function isAllowed(rule: Rule, start: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const { byMonth, byMonthDay, byYearDay, byDay } = rule;
  const hasMonthDay = byMonthDay.length > 0;
  const isYearly = rule.freq === "YEARLY";
  const impliesWeekday = rule.freq === "WEEKLY" && byDay.length === 0;
  const impliesDay = (isYearly || rule.freq === "MONTHLY") && !hasMonthDay && byDay.length + byYearDay.length === 0;
  const impliesMonth = isYearly && byMonth.length + byDay.length + byYearDay.length === 0;
  return (
    countPeriods(rule, start, date) % rule.interval === 0 &&
    (byMonth.length === 0 || byMonth.includes(date.month)) &&
    (!hasMonthDay || isListed(byMonthDay, date.day, date.daysInMonth)) &&
    (byYearDay.length === 0 || isListed(byYearDay, date.dayOfYear, date.daysInYear)) &&
    (byDay.length === 0 || isListedWeekday(rule, date)) &&
    (!impliesWeekday || date.dayOfWeek === start.dayOfWeek) &&
    (!impliesDay || date.day === start.day) &&
    (!impliesMonth || date.month === start.month)
  );
}

function countPeriods(rule: Rule, start: Temporal.PlainDate, date: Temporal.PlainDate): number {
  const beginOfWeek = (each: Temporal.PlainDate) => each.subtract({ days: (each.dayOfWeek - 1 - rule.wkst + 7) % 7 });
  switch (rule.freq) {
    case "DAILY":
      return start.until(date, { largestUnit: "days" }).days;
    case "WEEKLY":
      return beginOfWeek(start).until(beginOfWeek(date), { largestUnit: "days" }).days / 7;
    case "MONTHLY":
      return (date.year - start.year) * 12 + date.month - start.month;
    case "YEARLY":
      return date.year - start.year;
  }
}

/** Whether a place is in a list that counts from either end. */
function isListed(list: readonly number[], place: number, length: number): boolean {
  return list.includes(place) || list.includes(place - length - 1);
}

function isListedWeekday(rule: Rule, date: Temporal.PlainDate): boolean {
  const isInMonth = rule.freq === "MONTHLY" || (rule.byMonth.length > 0 && rule.byYearDay.length === 0);
  const place = isInMonth ? date.day : date.dayOfYear;
  const length = isInMonth ? date.daysInMonth : date.daysInYear;
  const nth = Math.ceil(place / 7);
  const nthFromEnd = -Math.ceil((length - place + 1) / 7);
  return rule.byDay.some(
    ({ ordinal, weekday: each }) => each === date.dayOfWeek - 1 && [0, nth, nthFromEnd].includes(ordinal),
  );
}

describe("what it costs to find the next occurrence", () => {
  const start = { day: parseDay("2026-11-23"), minute: 540 };
  const end = { day: parseDay("9999-12-31"), minute: 0 };
  const tenYearsOn = { day: parseDay("2036-11-23"), minute: 541 };
  const hours = Array.from({ length: 24 }, (_, hour) => hour).join(",");
  const minutes = Array.from({ length: 60 }, (_, minute) => minute).join(",");
  const allDays = WEEKDAYS.join(",");

  /** How many periods are looked at until the next occurrence or the end. Each asks once for the frequency, as do some preparations. */
  function countSteps(text: string, from?: LocalMoment): { steps: number; found: boolean } {
    let asked = 0;
    const rule = new Proxy(parseRule(text), {
      get: (target, key) => {
        if (key === "freq") asked += 1;
        return Reflect.get(target, key);
      },
    });
    const found = expandRule(rule, start, from).next().done !== true;
    return { steps: asked, found };
  }

  test.each([
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=10",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
    "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
    "RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD",
    `FREQ=YEARLY;BYDAY=${allDays};BYHOUR=${hours};BYMINUTE=${minutes}`,
  ])("ten years on it is a few periods of %s", (text) => {
    const { steps, found } = countSteps(text, tenYearsOn);
    expect(found).toBe(true);
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(10);
  });

  test.each([
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 4810],
    ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", 4810],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 410],
    ["FREQ=MONTHLY;BYDAY=6MO", 4810],
    ["FREQ=DAILY;BYDAY=MO;BYSETPOS=2", 4810],
    ["FREQ=DAILY;INTERVAL=7;BYDAY=TU", 4810],
    ["FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", 10],
    ["FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=2", 20_880],
    ["FREQ=WEEKLY;INTERVAL=27;BYMONTH=2;BYDAY=MO;BYSETPOS=2", 780],
    ["FREQ=MONTHLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=30", 20],
    ["FREQ=YEARLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=30", 10],
    ["FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=30", 95_700],
    [
      `FREQ=YEARLY;BYDAY=${allDays};BYHOUR=${hours};BYMINUTE=${minutes};BYSETPOS=367,368`.replace(
        "367,368",
        "366,-366",
      ),
      10,
    ],
  ])("%s ends or occurs within %d periods", (text, max) => {
    expect(countSteps(text).steps).toBeLessThan(max);
  });

  test.each([
    ["FREQ=YEARLY;COUNT=9999", 8000],
    ["FREQ=YEARLY;COUNT=9999;BYDAY=53MO", 8000],
    [`FREQ=YEARLY;COUNT=9999;BYDAY=${allDays};BYSETPOS=366`, 8000],
    ["FREQ=DAILY;COUNT=9999;BYMONTH=2;BYMONTHDAY=29", 95_700],
    ["FREQ=WEEKLY;COUNT=9999;BYMONTH=2;BYDAY=MO", 140_000],
    [`FREQ=DAILY;COUNT=9999;BYHOUR=${hours}`, 20],
  ])("%s counts to the end of time within %d periods", (text, max) => {
    expect(countSteps(text, end)).toEqual({ steps: expect.any(Number), found: false });
    expect(countSteps(text, end).steps).toBeLessThan(max);
  });
});
