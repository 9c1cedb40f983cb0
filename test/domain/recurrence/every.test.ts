import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { TodoError } from "../../../src/domain/errors.ts";
import { formatDay, parseDay } from "../../../src/domain/recurrence/civil.ts";
import { type Every, firstOccurrence, parseEvery } from "../../../src/domain/recurrence/every.ts";
import { expandRule, type LocalMoment } from "../../../src/domain/recurrence/expand.ts";
import { parseRule } from "../../../src/domain/recurrence/rule.ts";
import { refusal } from "../../support/errors.ts";

/** A Saturday. */
const TODAY = "2026-11-21";

/** The first four occurrences from today on, such as `2026-11-23 2026-11-30T08:00`. */
function firstFour(every: Every, from = TODAY): string {
  const start = readLocal(firstOccurrence(every, from));
  const found = [...expandRule(parseRule(every.rule), start).take(4)];
  return found.map((moment) => (every.time === undefined ? formatDay(moment.day) : writeLocal(moment))).join(" ");
}

function readLocal(text: string): LocalMoment {
  const [day = "", time = "00:00"] = text.split("T");
  const [hour, minute] = time.split(":");
  return { day: parseDay(day), minute: Number(hour) * 60 + Number(minute) };
}

function writeLocal({ day, minute }: LocalMoment): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0"));
  return `${formatDay(day)}T${hour}:${rest}`;
}

const RULES: readonly (readonly [text: string, mode: Every["mode"], rule: string, occurrences: string])[] = [
  ["day", "due", "FREQ=DAILY", "2026-11-21 2026-11-22 2026-11-23 2026-11-24"],
  ["every day", "due", "FREQ=DAILY", "2026-11-21 2026-11-22 2026-11-23 2026-11-24"],
  ["3d", "due", "FREQ=DAILY;INTERVAL=3", "2026-11-21 2026-11-24 2026-11-27 2026-11-30"],
  ["daily", "due", "FREQ=DAILY", "2026-11-21 2026-11-22 2026-11-23 2026-11-24"],
  ["2 weeks on mon,thu", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-23 2026-11-26 2026-12-07 2026-12-10"],
  ["every weekday", "due", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23 2026-11-24 2026-11-25 2026-11-26"],
  ["workday", "due", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23 2026-11-24 2026-11-25 2026-11-26"],
  ["mon, wed and fri", "due", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-23 2026-11-25 2026-11-27 2026-11-30"],
  ["thu, mon, thu", "due", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23 2026-11-26 2026-11-30 2026-12-03"],
  ["other tue", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24 2026-12-08 2026-12-22 2027-01-05"],
  ["other day", "due", "FREQ=DAILY;INTERVAL=2", "2026-11-21 2026-11-23 2026-11-25 2026-11-27"],
  ["week", "due", "FREQ=WEEKLY;BYDAY=SA", "2026-11-21 2026-11-28 2026-12-05 2026-12-12"],
  ["two weeks", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "2026-11-21 2026-12-05 2026-12-19 2027-01-02"],
  ["weekly on wed", "due", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25 2026-12-02 2026-12-09 2026-12-16"],
  ["biweekly", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "2026-11-21 2026-12-05 2026-12-19 2027-01-02"],
  ["fortnightly on mon", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23 2026-12-07 2026-12-21 2027-01-04"],
  ["2nd week on tue", "due", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24 2026-12-08 2026-12-22 2027-01-05"],
  [
    "2 weeks on workdays",
    "due",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
    "2026-11-23 2026-11-24 2026-11-25 2026-11-26",
  ],
  ["month", "due", "FREQ=MONTHLY;BYMONTHDAY=21", "2026-11-21 2026-12-21 2027-01-21 2027-02-21"],
  ["monthly on the 3rd", "due", "FREQ=MONTHLY;BYMONTHDAY=3", "2026-12-03 2027-01-03 2027-02-03 2027-03-03"],
  ["3mo", "due", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=21", "2026-11-21 2027-02-21 2027-05-21 2027-08-21"],
  ["!10d", "done", "FREQ=DAILY;INTERVAL=10", "2026-11-21 2026-12-01 2026-12-11 2026-12-21"],
  ["every! 2 weeks", "done", "FREQ=WEEKLY;INTERVAL=2", "2026-11-21 2026-12-05 2026-12-19 2027-01-02"],
  [
    "3 months after completion",
    "done",
    "RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD",
    "2026-11-21 2027-02-21 2027-05-21 2027-08-21",
  ],
  [
    "!3m",
    "done",
    "RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;SKIP=BACKWARD",
    "2026-11-21 2027-02-21 2027-05-21 2027-08-21",
  ],
  ["27th", "due", "FREQ=MONTHLY;BYMONTHDAY=27", "2026-11-27 2026-12-27 2027-01-27 2027-02-27"],
  ["1st, 15th", "due", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 2026-12-15 2027-01-01 2027-01-15"],
  ["1st and 15th day", "due", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 2026-12-15 2027-01-01 2027-01-15"],
  ["15th, last, 1st", "due", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "2026-11-30 2026-12-01 2026-12-15 2026-12-31"],
  [
    "31st",
    "due",
    "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
    "2026-11-30 2026-12-31 2027-01-31 2027-02-28",
  ],
  ["last day", "due", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 2026-12-31 2027-01-31 2027-02-28"],
  ["3rd friday", "due", "FREQ=MONTHLY;BYDAY=3FR", "2026-12-18 2027-01-15 2027-02-19 2027-03-19"],
  ["third friday of the month", "due", "FREQ=MONTHLY;BYDAY=3FR", "2026-12-18 2027-01-15 2027-02-19 2027-03-19"],
  ["last fri of the month", "due", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 2026-12-25 2027-01-29 2027-02-26"],
  ["2nd last day", "due", "FREQ=MONTHLY;BYMONTHDAY=-2", "2026-11-29 2026-12-30 2027-01-30 2027-02-27"],
  [
    "15th workday, last workday",
    "due",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=15,-1",
    "2026-11-30 2026-12-21 2026-12-31 2027-01-21",
  ],
  [
    "last workday",
    "due",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "2026-11-30 2026-12-31 2027-01-29 2027-02-26",
  ],
  ["1st and 3rd mon", "due", "FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-12-07 2026-12-21 2027-01-04 2027-01-18"],
  ["1st mon and tue", "due", "FREQ=MONTHLY;BYDAY=1MO,1TU", "2026-12-01 2026-12-07 2027-01-04 2027-01-05"],
  ["1st mon and 3rd tue", "due", "FREQ=MONTHLY;BYDAY=1MO,3TU", "2026-12-07 2026-12-15 2027-01-04 2027-01-19"],
  [
    "month on the last workday",
    "due",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "2026-11-30 2026-12-31 2027-01-29 2027-02-26",
  ],
  ["5th fri", "due", "FREQ=MONTHLY;BYDAY=5FR", "2027-01-29 2027-04-30 2027-07-30 2027-10-29"],
  ["quarter", "due", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=21", "2026-11-21 2027-02-21 2027-05-21 2027-08-21"],
  ["quarter on the 1st", "due", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-12-01 2027-03-01 2027-06-01 2027-09-01"],
  ["quarterly", "due", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=21", "2026-11-21 2027-02-21 2027-05-21 2027-08-21"],
  [
    "quarter on the 10th keeping missed",
    "each",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10",
    "2026-12-10 2027-03-10 2027-06-10 2027-09-10",
  ],
  [
    "6 months on the 15th",
    "due",
    "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=15",
    "2026-12-15 2027-06-15 2027-12-15 2028-06-15",
  ],
  ["year", "due", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21", "2026-11-21 2027-11-21 2028-11-21 2029-11-21"],
  ["yearly", "due", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21", "2026-11-21 2027-11-21 2028-11-21 2029-11-21"],
  ["annually on 1 may", "due", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", "2027-05-01 2028-05-01 2029-05-01 2030-05-01"],
  [
    "2 years on jan 27",
    "due",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=27",
    "2027-01-27 2029-01-27 2031-01-27 2033-01-27",
  ],
  ["27 jan", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  ["jan 27th", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  ["27th january", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  ["27th of jan", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  [
    "year on the 1st mon of sep",
    "due",
    "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
    "2027-09-06 2028-09-04 2029-09-03 2030-09-02",
  ],
  ["1st mon of sep", "due", "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO", "2027-09-06 2028-09-04 2029-09-03 2030-09-02"],
  ["year on 27 jan", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  ["year on the 27th jan", "due", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "2027-01-27 2028-01-27 2029-01-27 2030-01-27"],
  [
    "year on the last workday",
    "due",
    "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "2026-12-31 2027-12-31 2028-12-29 2029-12-31",
  ],
  [
    "29 feb",
    "due",
    "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD",
    "2027-02-28 2028-02-29 2029-02-28 2030-02-28",
  ],
  ["last day of feb", "due", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-02-28 2028-02-29 2029-02-28 2030-02-28"],
  ["1st of jan and jul", "due", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "2027-01-01 2027-07-01 2028-01-01 2028-07-01"],
  ["year on the 13th friday", "due", "FREQ=YEARLY;BYDAY=13FR", "2027-03-26 2028-03-31 2029-03-30 2030-03-29"],
  [
    "day at 8:00, 20:00",
    "due",
    "FREQ=DAILY;BYHOUR=8,20",
    "2026-11-21T08:00 2026-11-21T20:00 2026-11-22T08:00 2026-11-22T20:00",
  ],
  ["fri at 5pm", "due", "FREQ=WEEKLY;BYDAY=FR", "2026-11-27T17:00 2026-12-04T17:00 2026-12-11T17:00 2026-12-18T17:00"],
  ["week for 10 times", "due", "FREQ=WEEKLY;BYDAY=SA;COUNT=10", "2026-11-21 2026-11-28 2026-12-05 2026-12-12"],
  ["week, 10 times", "due", "FREQ=WEEKLY;BYDAY=SA;COUNT=10", "2026-11-21 2026-11-28 2026-12-05 2026-12-12"],
  [
    "day at 8:00, 20:00, 10 times",
    "due",
    "FREQ=DAILY;BYHOUR=8,20;COUNT=10",
    "2026-11-21T08:00 2026-11-21T20:00 2026-11-22T08:00 2026-11-22T20:00",
  ],
  [
    "month on the 1st until 2027-06-30",
    "due",
    "FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270630",
    "2026-12-01 2027-01-01 2027-02-01 2027-03-01",
  ],
  [
    "month until 30 june",
    "due",
    "FREQ=MONTHLY;BYMONTHDAY=21;UNTIL=20270630",
    "2026-11-21 2026-12-21 2027-01-21 2027-02-21",
  ],
  [
    "month on the 1st keeping missed",
    "each",
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "2026-12-01 2027-01-01 2027-02-01 2027-03-01",
  ],
  [
    "other month on the 2nd tue",
    "due",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
    "2026-12-08 2027-02-09 2027-04-13 2027-06-08",
  ],
  [
    "year on the 4th thu of nov",
    "due",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "2026-11-26 2027-11-25 2028-11-23 2029-11-22",
  ],
  [
    "every 3 weeks on saturday when done",
    "done",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA",
    "2026-11-21 2026-12-12 2027-01-02 2027-01-23",
  ],
  ["each sunday", "due", "FREQ=WEEKLY;BYDAY=SU", "2026-11-22 2026-11-29 2026-12-06 2026-12-13"],
  [
    "month on the 1st keeping missed until 30 june at 9:00",
    "each",
    "FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270630",
    "2026-12-01T09:00 2027-01-01T09:00 2027-02-01T09:00 2027-03-01T09:00",
  ],
];

describe("the words for repeating", () => {
  test.each(RULES)("%s", (text, mode, rule, occurrences) => {
    const every = parseEvery(text, TODAY);
    expect(every).toMatchObject({ mode, rule });
    expect(firstFour(every)).toBe(occurrences);
  });

  test.each(RULES)("%s means the same in capitals and with more spaces", (text) => {
    const typed = `  ${text.toUpperCase().replaceAll(" ", "   ")} `;
    expect(parseEvery(typed, TODAY)).toEqual(parseEvery(text, TODAY));
  });

  test.each(["day", "week", "month", "quarter", "year", "monday", "workday", "weekday"])(
    "%s means the same in the plural",
    (word) => expect(parseEvery(`${word}s`, TODAY)).toEqual(parseEvery(word, TODAY)),
  );

  test.each([
    ["week", "2026-11-21", "FREQ=WEEKLY;BYDAY=SA"],
    ["month", "2027-01-31", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"],
    ["month", "2027-01-28", "FREQ=MONTHLY;BYMONTHDAY=28"],
    ["year", "2028-02-29", "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;SKIP=BACKWARD"],
    ["year", "2027-01-31", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"],
    ["2 weeks", "2026-11-25T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"],
    ["day", "2026-11-21", "FREQ=DAILY"],
  ])("%s from %s says the day that is not said", (text, first, rule) => {
    expect(parseEvery(text, first)).toEqual({ mode: "due", rule });
  });

  test("the 31st is the last day of a shorter month and the 31st again in a longer one", () => {
    const every = parseEvery("month", "2027-01-31");
    expect(firstFour(every, "2027-01-31")).toBe("2027-01-31 2027-02-28 2027-03-31 2027-04-30");
  });

  test.each([
    ["day at 8:00", "08:00"],
    ["day at 8", "08:00"],
    ["day at 5pm", "17:00"],
    ["day at 12 am", "00:00"],
    ["day at noon", "12:00"],
    ["mon at 20:00, 8:00", "08:00"],
    ["day at 8:30 and 20:30", "08:30"],
  ])("%s is first at %s", (text, time) => expect(parseEvery(text, TODAY).time).toBe(time));

  test.each([
    ["day until 30 june", TODAY, TODAY, "20270630"],
    ["day until the 30th", TODAY, TODAY, "20261130"],
    ["day until nov 30, 2027, keeping missed", TODAY, TODAY, "20271130"],
    ["day until eoy at 8:00", TODAY, TODAY, "20261231"],
    ["day until tomorrow", "2026-11-21", "2026-11-23", "20261124"],
    ["day until the day after tomorrow", "2026-11-21", "2026-11-21", "20261123"],
  ])("%s, with the first on %s and today on %s, ends on %s", (text, first, today, until) => {
    expect(parseEvery(text, first, today).rule).toContain(`UNTIL=${until}`);
  });
});

describe("the first occurrence", () => {
  test.each([
    ["2 weeks on mon,thu", "2026-11-21", "2026-11-23"],
    ["2 weeks on mon,thu", "2026-11-23", "2026-11-23"],
    ["2 weeks on mon,thu", "2026-11-24", "2026-11-26"],
    ["10 years on 20 nov", "2026-11-21", "2027-11-20"],
    ["quarter on the 10th", "2026-11-21", "2026-12-10"],
    ["3 days", "2026-11-21", "2026-11-21"],
    ["31st", "2026-11-21", "2026-11-30"],
    ["!3 months", "2026-11-30", "2026-11-30"],
    ["day for 1 times", "2026-11-21", "2026-11-21"],
    ["day at 8:00", "2026-11-21", "2026-11-21T08:00"],
    ["day at 8:00", "2026-11-21T09:00", "2026-11-22T08:00"],
    ["day at 8:00", "2026-11-21T08:00", "2026-11-21T08:00"],
    ["day at 8:00 for 1 times", "2026-11-21T09:00", "2026-11-22T08:00"],
    ["day at 8:00, 20:00", "2026-11-21T09:00", "2026-11-21T20:00"],
    ["day", "2026-11-21T09:00", "2026-11-21T09:00"],
    ["mon", "2026-11-21T09:00", "2026-11-23T09:00"],
  ])("of %s from %s on is %s", (text, from, first) => {
    expect(firstOccurrence(parseEvery(text, from), from)).toBe(first);
  });

  test("is refused where the rule has ended before", () => {
    const every = parseEvery("day until 2026-12-31", TODAY);
    expect(refusal(() => firstOccurrence(every, "2027-01-01")).code).toBe("invalid_input");
  });
});

describe("a rule that is refused", () => {
  test.each([
    ["hour", '"hour" is not understood', "^^^^", "A day is the shortest. For times of day: day at 8:00, 20:00"],
    ["2 hours", '"hours" is not understood', "  ^^^^^", "A day is the shortest. For times of day: day at 8:00, 20:00"],
    ["weekend", '"weekend" is not understood', "^^^^^^^", "A weekend has two days. Write sat, or sat,sun for both."],
    ["mo", '"mo" is not understood', "^^", "Write mon for Monday, or month."],
    ["foo", '"foo" is not understood', "^^^", "Write for example: day, 2 weeks on mon,thu,"],
    ["fryday", '"fryday" is not understood', "^^^^^^", "Did you mean friday?"],
    ["2 fridays", '"fridays" is not understood', "  ^^^^^^^", "Write 2 weeks on fri"],
    ["32nd", "there is no such day", "^^^^", "A month has 31 days at most."],
    ["31st of feb", "there is no such day", "^^^^", "A month has 31 days at most."],
    ["0th", "there is no such day", "^^^", "A month has 31 days at most."],
    ["29th last day", "there is no such day", "^^^^", "A month has 31 days at most."],
    [
      "13th friday",
      "there is no such day",
      "^^^^",
      "A month has at most 5 of a weekday. In a year: year on the 13th fri",
    ],
    ["24th workday", "there is no such day", "^^^^", "A month has at most 23 workdays."],
    ["year on the 54th fri", "there is no such day", "            ^^^^", "A year has at most 53 of a weekday."],
    [
      "month on",
      "something is missing at the end",
      "         ^",
      "Write month on the 15th, month on the last day, or month on the 2nd tue.",
    ],
    ["day at 25", "there is no 25", "       ^^", "Write a time: at 8:00"],
    ["day at 13pm", "there is no 13pm", "       ^^", "Write a time: at 8:00"],
    ["30 feb", "there is no 30 feb", "^^", ""],
    ["31 jun", "there is no 31 jun", "^^", ""],
    ["jan", "the day is missing", "    ^", "Write year on 27 jan, or year on the 1st mon of sep."],
    ["mon 27", '"27" is not understood', "    ^^", "Write for example: day, 2 weeks on mon,thu,"],
    ["every", "something is missing at the end", "      ^", "Write for example: day, 2 weeks on mon,thu,"],
    [
      "mon tue",
      '"tue" is not understood',
      "    ^^^",
      "Weekdays go with weeks, and with commas between them: week on mon,thu",
    ],
    [
      "week on the 3rd",
      '"3rd" is not understood',
      "            ^^^",
      "A week has weekdays: week on mon,thu. Days are counted in a month: month on the 3rd",
    ],
    ["day on mon", '"mon" is not understood', "       ^^^", "Weekdays go with weeks: week on mon,thu"],
    [
      "month on fri",
      '"fri" is not understood',
      "         ^^^",
      "Write month on the 15th, month on the last day, or month on the 2nd tue.",
    ],
    [
      "month on 15",
      '"15" is not understood',
      "         ^^",
      "Write month on the 15th, month on the last day, or month on the 2nd tue.",
    ],
    [
      "month on the 1st mon of sep",
      '"of" is not understood',
      "                     ^^",
      "Write year on 27 jan, or year on the 1st mon of sep.",
    ],
    [
      "year on the 1st",
      "the month is missing",
      "                ^",
      "Write year on 27 jan, or year on the 1st mon of sep.",
    ],
    [
      "year on the 1st of the month",
      "the month is missing",
      "                ^^",
      "Write year on 27 jan, or year on the 1st mon of sep.",
    ],
    ["1st of week", '"week" is not understood', "       ^^^^", "Write of the month, or the month: of sep"],
    [
      "day at 8:00, 20:30",
      "several times of a day need the same minutes",
      "             ^^^^^",
      "Write for example at 8:30, 20:30, or add a task for each time.",
    ],
    ["day at", "something is missing at the end", "       ^", "Write a time: at 8:00, or at 8:00, 20:00"],
    ["day 8:00", '"8:00" is not understood', "    ^^^^", "Put at before a time: at 8:00"],
    ["1st workday of jan and jul", "workdays are counted in one month", "            ^^", "Add a task for each month."],
    ["!day for 3 times", "what is counted from completion has no number of times", "     ^^^", "until 30 june"],
    [
      "day for 3 times when done",
      "what is counted from completion has no number of times",
      "                ^^^^",
      "until 30 june",
    ],
    ["last workday at 8, 9", "a counted workday has one time", "             ^^", "Add a task for each time."],
    ["day at 8:00 at 9:00", "this was said before", "            ^^", "Leave out one of the two."],
    [
      "3rd day",
      '"3rd day" has two meanings',
      "    ^^^",
      "Write 3 days to count days, or month on the 3rd for that day of the month.",
    ],
    [
      "day until fridy",
      '"fridy" is not understood',
      "          ^^^^^",
      "Write a day: until 30 june, or until 2027-06-30",
    ],
    ["day until 31 june", "there is no 31 june", "          ^^", ""],
    ["day until", "something is missing at the end", "          ^", "Write a day: until 30 june, or until 2027-06-30"],
    ["day until yesterday", "it ends before the first day", "    ^^^^^", ""],
    ["27 jan until eoy", "it ends before the first day", "       ^^^^^", ""],
    ["0 days", "only 1 to 999 can be counted", "^", ""],
    ["1000 days", "only 1 to 999 can be counted", "^^^^", ""],
    [
      "1st workday and 3rd",
      "days, weekdays and workdays do not go into one rule",
      "                ^^^",
      "Add a task for each of them.",
    ],
    ["day keeping", "something is missing at the end", "            ^", "Write keeping missed"],
    ["day after tomorrow", '"tomorrow" is not understood', "          ^^^^^^^^", "Write after completion"],
    ["day for 3 weeks", '"3" is not understood', "        ^", "Write for 10 times, or until 30 june"],
    ["day for 3 times until eoy", "it ends on a day or after a number of times, not both", "                ^^^^^", ""],
    ["!day keeping missed", "this was said before", "     ^^^^^^^", "Leave out one of the two."],
    ["day,", "something is missing at the end", "     ^", "Write for example: day, 2 weeks on mon,thu,"],
    ["2 weeks on mon; 3", '";" is not understood', "              ^", "Write for example: day, 2 weeks on mon,thu,"],
    [
      "day from mon",
      '"from" is not understood',
      "    ^^^^",
      "The due date is where it begins, such as due:2027-01-04.",
    ],
    ["every morning", '"morning" is not understood', "      ^^^^^^^", "Write the time: day at 20:00"],
    ["mon-fri", '"-" is not understood', "   ^", "write weekday for Monday to Friday"],
    ["twice a day", '"twice" is not understood', "^^^^^", "day at 8:00, 20:00"],
    ["bimonthly", '"bimonthly" is not understood', "^^^^^^^^^", "Write 2 months, or 1st, 15th for twice a month."],
  ])("%s: %s, with the place and what to write", (text, message, caret, advice) => {
    const error = refusal(() => parseEvery(text, TODAY));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe(`every: ${message}`);
    const at = Math.min(caret.indexOf("^"), text.length);
    expect(error.excerpt).toEqual({ text, at, length: at === text.length ? 0 : caret.length - at });
    expect(error.hints.join("\n")).toContain(advice);
  });

  test("with a very long word repeats only the beginning of it", () => {
    const texts = ["x".repeat(900), "9".repeat(900), `day at ${"9".repeat(900)}:00`, `jan ${"9".repeat(900)}`];
    for (const text of texts) expect(refusal(() => parseEvery(text, TODAY)).message.length).toBeLessThan(120);
  });

  test("comes with examples that are rules", () => {
    const [hint = ""] = refusal(() => parseEvery("foo", TODAY)).hints;
    const examples = /^Write for example: (.*), or (.*)\. See: todo help repeating$/.exec(hint)?.slice(1) ?? [];
    const texts = examples.flatMap((list) => list.split(", "));
    expect(texts).toHaveLength(9);
    for (const text of texts) expect(parseEvery(text, TODAY).rule).toContain("FREQ=");
  });

  test("of nothing but spaces shows no place", () => {
    const error = refusal(() => parseEvery("  ", TODAY));
    expect(error.message).toBe("every: something is missing at the end");
    expect(error.excerpt).toBeUndefined();
    expect(error.hints).toEqual([expect.stringContaining("Write for example")]);
  });

  test("that is far too long is named by its limit", () => {
    expect(refusal(() => parseEvery("day ".repeat(300), TODAY)).message).toContain("1000 characters");
  });

  test("shows the place in the text with single spaces", () => {
    const { excerpt } = refusal(() => parseEvery(" 2   Hours", TODAY));
    expect(excerpt).toEqual({ text: "2 Hours", at: 2, length: 5 });
  });
});

/** What rrule reads as English (https://github.com/jkbrzt/rrule, test/nlp.test.ts), without the two that repeat by hours. */
const ENGLISH: readonly (readonly [text: string, rule: string])[] = [
  ["Every day", "FREQ=DAILY"],
  ["Every day at 10, 12 and 17", "FREQ=DAILY;BYHOUR=10,12,17"],
  ["Every week on Sunday at 10, 12 and 17", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=10,12,17"],
  ["Every week", "FREQ=WEEKLY"],
  ["Every week on Tuesday", "FREQ=WEEKLY;BYDAY=TU"],
  ["Every week on Monday, Wednesday", "FREQ=WEEKLY;BYDAY=MO,WE"],
  ["Every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
  ["Every 2 weeks", "INTERVAL=2;FREQ=WEEKLY"],
  ["Every month", "FREQ=MONTHLY"],
  ["Every 6 months", "INTERVAL=6;FREQ=MONTHLY"],
  ["Every year", "FREQ=YEARLY"],
  ["Every year on the 1st Friday", "FREQ=YEARLY;BYDAY=+1FR"],
  ["Every year on the 13th Friday", "FREQ=YEARLY;BYDAY=+13FR"],
  ["Every month on the 4th", "FREQ=MONTHLY;BYMONTHDAY=4"],
  ["Every month on the 4th last", "FREQ=MONTHLY;BYMONTHDAY=-4"],
  ["Every month on the 3rd Tuesday", "FREQ=MONTHLY;BYDAY=+3TU"],
  ["Every month on the 3rd last Tuesday", "FREQ=MONTHLY;BYDAY=-3TU"],
  ["Every month on the last Monday", "FREQ=MONTHLY;BYDAY=-1MO"],
  ["Every month on the 2nd last Friday", "FREQ=MONTHLY;BYDAY=-2FR"],
  ["Every week for 20 times", "FREQ=WEEKLY;COUNT=20"],
];

describe("what another program reads as English", () => {
  test.each(ENGLISH)("%s is the same here", (text, rule) => {
    const start = { day: parseDay(TODAY), minute: 600 };
    const expand = (written: string) => [...expandRule(parseRule(written), start).take(30)];
    expect(expand(parseEvery(text, TODAY).rule)).toEqual(expand(rule));
  });

  test.each(["Every hour", "Every 4 hours"])("%s is refused", (text) => {
    expect(refusal(() => parseEvery(text, TODAY)).hints.join()).toContain("day at 8:00, 20:00");
  });
});

test("any words are read or refused, with the place inside of the text", () => {
  const words = fc.constantFrom(
    ..."every ! day 2 3rd last the on of and , mon fri workday weeks month year jan 27 until for times at 8:00 pm after".split(
      " ",
    ),
    ..."completion when done keeping missed other first quarter 29 feb 2027-06-30 eoy hours ö 🙂 1000 0th in each".split(
      " ",
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.array(words, { maxLength: 8 }).map((some) => some.join(" ")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const every = parseEvery(text, TODAY);
        expect(parseRule(every.rule).interval).toBeGreaterThan(0);
        expect(firstOccurrence(every, TODAY) >= TODAY).toBe(true);
      } catch (error) {
        if (!(error instanceof TodoError)) throw error;
        const [shown = "", caret = ""] = error.hints;
        expect(error.code).toBe("invalid_input");
        if (caret.endsWith("^")) expect(caret.indexOf("^")).toBeLessThanOrEqual(shown.length + 1);
      }
    }),
    { numRuns: 500 },
  );
});
