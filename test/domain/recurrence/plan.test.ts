import { describe, expect, test } from "bun:test";
import { echoRecurrence } from "../../../src/domain/recurrence/describe-series.ts";
import { planRecurrence, type Repetition } from "../../../src/domain/recurrence/plan.ts";
import { refusal } from "../../support/errors.ts";

/** A Saturday, 10:07 in Berlin. */
const SYSTEM = {
  now: () => Date.parse("2026-11-21T09:07:00Z"),
  today: () => "2026-11-21",
  timeZone: () => "Europe/Berlin",
};

function plan(asked: string | Repetition, dueDate: string | null = null) {
  const { recurrence, occurrence, due_date: due } = planRecurrence(asked, { dueDate }, SYSTEM);
  return [recurrence, occurrence, due];
}

type Row = readonly [words: string, dueDate: string | null, recurrence: string, occurrence: string, due: string];

describe("the words of every:", () => {
  test.each<Row>([
    ["1st", null, "due 2026-12-01 FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01", "2026-12-01"],
    ["sat", null, "due 2026-11-21 FREQ=WEEKLY;BYDAY=SA", "2026-11-21", "2026-11-21"],
    ["!3m", null, "done 2026-11-21 RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD", "2026-11-21", "2026-11-21"],
    ["2 weeks on mon,thu", null, "due 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-23", "2026-11-23"],
    // From the due date on, also from one that is over.
    ["mon", "2026-12-01", "due 2026-12-07 FREQ=WEEKLY;BYDAY=MO", "2026-12-07", "2026-12-07"],
    ["16th", "2026-11-16", "due 2026-11-16 FREQ=MONTHLY;BYMONTHDAY=16", "2026-11-16", "2026-11-16"],
    // A moment keeps its local time, in winter and in summer.
    [
      "day",
      "2027-03-27T08:00:00Z",
      "due 2027-03-27T09:00[Europe/Berlin] FREQ=DAILY",
      "2027-03-27T09:00",
      "2027-03-27T08:00:00Z",
    ],
    [
      "day",
      "2027-03-28T07:00:00Z",
      "due 2027-03-28T09:00[Europe/Berlin] FREQ=DAILY",
      "2027-03-28T09:00",
      "2027-03-28T07:00:00Z",
    ],
    // A time that is over today is not the first.
    ["day at 8:00", null, "due 2026-11-22T08:00[Europe/Berlin] FREQ=DAILY", "2026-11-22T08:00", "2026-11-22T07:00:00Z"],
    [
      "day at 11:00",
      null,
      "due 2026-11-21T11:00[Europe/Berlin] FREQ=DAILY",
      "2026-11-21T11:00",
      "2026-11-21T10:00:00Z",
    ],
    [
      "day at 8:00",
      "2026-11-23",
      "due 2026-11-23T08:00[Europe/Berlin] FREQ=DAILY",
      "2026-11-23T08:00",
      "2026-11-23T07:00:00Z",
    ],
  ])("%j with the due date %p", (words, dueDate, recurrence, occurrence, due) => {
    expect(plan(words, dueDate)).toEqual([recurrence, occurrence, due]);
  });

  test("are of another zone if one is named", () => {
    expect(plan({ words: "day at 8:00", zone: "America/New_York" })).toEqual([
      "due 2026-11-21T08:00[America/New_York] FREQ=DAILY",
      "2026-11-21T08:00",
      "2026-11-21T13:00:00Z",
    ]);
  });

  test.each(["hour", "30 feb", "day until 2026-11-20", "", "mon at 8:00 when"])("can't be %j", (words) => {
    expect(refusal(() => plan(words)).code).toBe("invalid_input");
  });
});

type RuleRow = readonly [
  rule: Omit<Extract<Repetition, { rule: string }>, "rule">,
  dueDate: string | null,
  recurrence: string,
  occurrence: string,
];

describe("a rule", () => {
  test.each<RuleRow>([
    [{}, null, "due 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23"],
    [{ mode: "each" }, "2026-12-01", "each 2026-12-07 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07"],
    // With a start, the weeks count from there.
    [{ start: "2026-11-23" }, null, "due 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23"],
    [{ start: "2026-11-23" }, "2026-11-24", "due 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07"],
    [
      { start: "2026-11-23", mode: "done" },
      "2026-11-24",
      "done 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
      "2026-11-30",
    ],
    [
      { start: "2026-11-23T09:00", zone: "Asia/Tokyo" },
      "2026-11-24",
      "due 2026-11-23T09:00[Asia/Tokyo] FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
      "2026-12-07T09:00",
    ],
    [{ start: "2026-11-23" }, "2026-12-07T08:00:00Z", "due 2026-11-23 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07"],
  ])("of every second Monday with %j and the due date %p", (asked, dueDate, recurrence, occurrence) => {
    const planned = plan({ rule: "freq=weekly;interval=2;byday=mo;", ...asked }, dueDate);
    expect(planned.slice(0, 2)).toEqual([recurrence, occurrence]);
  });

  test.each<Extract<Repetition, { rule: string }>>([
    { rule: "FREQ=HOURLY" },
    { rule: "RRULE:FREQ=DAILY" },
    { rule: "FREQ=DAILY;BYHOUR=8" },
    { rule: "FREQ=DAILY", start: "2026-11-23T09:00", zone: "Mars/Base" },
    { rule: "FREQ=DAILY", zone: "+01:00" },
    { rule: "FREQ=DAILY", start: "2026-11-23", zone: "Europe/Berlin" },
    { rule: "FREQ=DAILY", start: "2026-02-30" },
    { rule: "FREQ=DAILY;COUNT=3", mode: "done" },
    { rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" },
  ])("can't be %j", (asked) => {
    expect(refusal(() => plan(asked)).code).toBe("invalid_input");
  });

  test("that ends before the due date is refused", () => {
    const ended = { rule: "FREQ=DAILY;UNTIL=20261130", start: "2026-11-23" };
    expect(refusal(() => plan(ended, "2026-12-01")).message).toBe("the rule ends before 2026-12-01");
  });
});

describe("the echo", () => {
  test.each<readonly [words: string, text: string, first: string, second: string | null]>([
    ["2 weeks on mon,thu", "every 2 weeks on Mon and Thu", "2026-11-23", "2026-11-26"],
    ["!3m", "every 3 months after completion", "2026-11-21", null],
    ["day for 1 times", "every day, 1 time", "2026-11-21", null],
    ["day at 8:00", "every day at 8:00", "2026-11-22T07:00:00Z", "2026-11-23T07:00:00Z"],
  ])("of %j names the first two", (words, text, first, second) => {
    const { due_date: dueDate, ...fields } = planRecurrence(words, { dueDate: null }, SYSTEM);
    expect(echoRecurrence({ ...fields, dueDate }, SYSTEM)).toEqual({ text, first, second });
  });

  test("names the zone of a series that is not the user's", () => {
    const series = { recurrence: "due 2026-11-23T09:00[Asia/Tokyo] FREQ=DAILY", occurrence: "2026-11-23T09:00" };
    expect(echoRecurrence({ ...series, dueDate: null }, SYSTEM)?.text).toBe("every day at 9:00 (Asia/Tokyo)");
  });

  test.each([null, "due 2026-11-23 FREQ=HOURLY"])("of %p says nothing", (recurrence) => {
    expect(echoRecurrence({ recurrence, occurrence: "2026-11-23", dueDate: "2026-11-23" }, SYSTEM)).toBeNull();
  });
});
