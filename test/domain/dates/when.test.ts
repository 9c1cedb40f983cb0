import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hasCode, TodoError } from "../../../src/domain/errors.ts";
import type { System } from "../../../src/ports/system.ts";
import { DATES_HINT } from "../../../src/domain/dates/dates-hint.ts";
import { DATE_FORMS } from "../../../src/domain/dates/forms.ts";
import { toBound } from "../../../src/domain/dates/bounds.ts";
import { isDate, parseWhen } from "../../../src/domain/dates/when.ts";

type Sample = readonly [text: string, due: string];

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function at(local: string, timeZone = "Europe/Berlin"): System {
  const now = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone);
  return {
    now: () => now.epochMilliseconds,
    today: () => now.toPlainDate().toString(),
    timeZone: () => timeZone,
    newId: () => never("newId"),
  };
}

/** Only a day: whoever asks for the time or its zone fails the test. */
function on(today: string): System {
  return {
    now: () => never("now"),
    today: () => today,
    timeZone: () => never("timeZone"),
    newId: () => never("newId"),
  };
}

function never(name: string): never {
  throw new Error(`${name}() was called`);
}

function refusal(text: string, system: System): TodoError {
  try {
    parseWhen(text, system);
  } catch (error) {
    if (error instanceof TodoError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} was accepted`);
}

/** Throws all but what is meant for the user. */
function parseIfDate(text: string): string | undefined {
  try {
    return parseWhen(text, friday);
  } catch (error) {
    if (hasCode(error, "invalid_input")) return undefined;
    throw error;
  }
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

const FRIDAY = "2026-11-20";
const friday = at(`${FRIDAY}T10:00`);

const DAYS_ON_A_FRIDAY: readonly Sample[] = [
  ["2026-11-21", "2026-11-21"],
  ["1970-01-01", "1970-01-01"],
  ["9999-12-31", "9999-12-31"],
  ["2028-02-29", "2028-02-29"],
  ["20261121", "2026-11-21"],
  ["20280229", "2028-02-29"],
  ["2026-W50", "2026-12-07"],
  ["2026-W50-5", "2026-12-11"],
  ["2026-W53-7", "2027-01-03"],
  ["2027-W01", "2027-01-04"],
  ["2025-W01", "2024-12-30"],
  ["2020-W53-5", "2021-01-01"],
  ["25.12.2026", "2026-12-25"],
  ["5.1.2027", "2027-01-05"],
  ["05. 01. 2027", "2027-01-05"],
  ["25.12.", "2026-12-25"],
  ["20.11.", "2026-11-20"],
  ["19.11.", "2027-11-19"],
  ["29.2.", "2028-02-29"],
  ["today", "2026-11-20"],
  ["eod", "2026-11-20"],
  ["tomorrow", "2026-11-21"],
  ["tmrw", "2026-11-21"],
  ["day after tomorrow", "2026-11-22"],
  ["the day after tomorrow", "2026-11-22"],
  ["yesterday", "2026-11-19"],
  ["friday", "2026-11-27"],
  ["saturday", "2026-11-21"],
  ["thursday", "2026-11-26"],
  ["this sunday", "2026-11-22"],
  ["weekend", "2026-11-21"],
  ["this weekend", "2026-11-21"],
  ["next weekend", "2026-11-28"],
  ["next monday", "2026-11-23"],
  ["next friday", "2026-11-27"],
  ["next sunday", "2026-11-29"],
  ["next thu", "2026-11-26"],
  ["last thursday", "2026-11-19"],
  ["last friday", "2026-11-13"],
  ["Last Sat", "2026-11-14"],
  ["3 days ago", "2026-11-17"],
  ["0 days ago", "2026-11-20"],
  ["3d ago", "2026-11-17"],
  ["a week ago", "2026-11-13"],
  ["2 months ago", "2026-09-20"],
  ["1 year ago", "2025-11-20"],
  ["last friday+1d", "2026-11-14"],
  ["next day", "2026-11-21"],
  ["next week", "2026-11-27"],
  ["next month", "2026-12-20"],
  ["next year", "2027-11-20"],
  ["eow", "2026-11-22"],
  ["eom", "2026-11-30"],
  ["eoq", "2026-12-31"],
  ["eoy", "2026-12-31"],
  ["sow", "2026-11-23"],
  ["som", "2026-12-01"],
  ["soq", "2027-01-01"],
  ["soy", "2027-01-01"],
  ["eom+1d", "2026-12-01"],
  ["eom + 1 day", "2026-12-01"],
  ["eow+1w", "2026-11-29"],
  ["tomorrow+2w", "2026-12-05"],
  ["friday-1d", "2026-11-26"],
  ["eom+1m-1d", "2026-12-29"],
  ["2026-11-21-3d", "2026-11-18"],
  ["21 nov+1y", "2027-11-21"],
  ["in 2 weeks-1d", "2026-12-03"],
  ["2026-W50+1mo", "2027-01-07"],
  ["+3d", "2026-11-23"],
  ["3d", "2026-11-23"],
  ["+0d", "2026-11-20"],
  ["-1d", "2026-11-19"],
  ["2w", "2026-12-04"],
  ["-2w", "2026-11-06"],
  ["1m", "2026-12-20"],
  ["1mo", "2026-12-20"],
  ["+2mo", "2027-01-20"],
  ["2weeks", "2026-12-04"],
  ["+2weeks", "2026-12-04"],
  ["+2 weeks", "2026-12-04"],
  ["-3days", "2026-11-17"],
  ["in 2w", "2026-12-04"],
  ["3 d", "2026-11-23"],
  ["+1y", "2027-11-20"],
  ["-1y", "2025-11-20"],
  ["in 3 days", "2026-11-23"],
  ["in 1 day", "2026-11-21"],
  ["in a day", "2026-11-21"],
  ["in a week", "2026-11-27"],
  ["in a month", "2026-12-20"],
  ["in a year", "2027-11-20"],
  ["in 2 weeks", "2026-12-04"],
  ["in 2 months", "2027-01-20"],
  ["in 10 years", "2036-11-20"],
  ["2 weeks", "2026-12-04"],
  ["21 nov", "2026-11-21"],
  ["20 nov", "2026-11-20"],
  ["19 nov", "2027-11-19"],
  ["1 jan", "2027-01-01"],
  ["01 jan", "2027-01-01"],
  ["nov 21", "2026-11-21"],
  ["november 21", "2026-11-21"],
  ["21st november", "2026-11-21"],
  ["nov 21st", "2026-11-21"],
  ["december 3rd", "2026-12-03"],
  ["2nd dec", "2026-12-02"],
  ["29 feb", "2028-02-29"],
  ["feb 29", "2028-02-29"],
  ["21 nov 2027", "2027-11-21"],
  ["21st nov 2027", "2027-11-21"],
  ["nov 21 2027", "2027-11-21"],
  ["nov 21, 2027", "2027-11-21"],
  ["november 21st, 2027", "2027-11-21"],
  ["19 nov 2026", "2026-11-19"],
  ["Sat 21 Nov 2026", "2026-11-21"],
  ["saturday, nov 21, 2026", "2026-11-21"],
  ["29 feb 2028", "2028-02-29"],
  ["21st", "2026-11-21"],
  ["20th", "2026-11-20"],
  ["19th", "2026-12-19"],
  ["31st", "2026-12-31"],
  ["1st", "2026-12-01"],
  ["TOMORROW", "2026-11-21"],
  ["  next \t  Friday\n", "2026-11-27"],
  ["Nov  21,  2027", "2027-11-21"],
];

const TIMES_ON_A_FRIDAY: readonly Sample[] = [
  ["2026-11-21T15:00Z", "2026-11-21T15:00:00Z"],
  ["2026-11-21T15:00:00Z", "2026-11-21T15:00:00Z"],
  ["2026-11-21t15:00:59.999z", "2026-11-21T15:00:59Z"],
  ["2026-11-21T15:00+02:00", "2026-11-21T13:00:00Z"],
  ["2026-11-21 15:00:30-0500", "2026-11-21T20:00:30Z"],
  ["2026-11-21T15:00-05", "2026-11-21T20:00:00Z"],
  ["2026-11-21T23:30-05:00", "2026-11-22T04:30:00Z"],
  ["2026-11-21T15:00", "2026-11-21T14:00:00Z"],
  ["2026-11-21 15:00", "2026-11-21T14:00:00Z"],
  ["2026-11-21 15:00:05.25", "2026-11-21T14:00:05Z"],
  ["2026-11-21 3pm", "2026-11-21T14:00:00Z"],
  ["2026-07-21 15:00", "2026-07-21T13:00:00Z"],
  ["now", "2026-11-20T09:00:00Z"],
  ["tonight", "2026-11-20T19:00:00Z"],
  ["tonight 21:30", "2026-11-20T20:30:00Z"],
  ["tonight at 9pm", "2026-11-20T20:00:00Z"],
  ["tonight+1h", "2026-11-20T20:00:00Z"],
  ["+2h", "2026-11-20T11:00:00Z"],
  ["-2h", "2026-11-20T07:00:00Z"],
  ["in 2 hours", "2026-11-20T11:00:00Z"],
  ["in 3h", "2026-11-20T12:00:00Z"],
  ["in an hour", "2026-11-20T10:00:00Z"],
  ["2 hours ago", "2026-11-20T07:00:00Z"],
  ["an hour ago", "2026-11-20T08:00:00Z"],
  ["0 min ago", "2026-11-20T09:00:00Z"],
  ["last friday 17:00", "2026-11-13T16:00:00Z"],
  ["3 days ago 17:00", "2026-11-17T16:00:00Z"],
  ["in 30 min", "2026-11-20T09:30:00Z"],
  ["+30min", "2026-11-20T09:30:00Z"],
  ["+90 minutes", "2026-11-20T10:30:00Z"],
  ["now+1d", "2026-11-21T09:00:00Z"],
  ["friday 17:00+2h", "2026-11-27T18:00:00Z"],
  ["17:00 + 1 week", "2026-11-27T16:00:00Z"],
  ["2026-11-21T15:00-2h", "2026-11-21T12:00:00Z"],
  ["eom+1d 17:00", "2026-12-01T16:00:00Z"],
  ["25.12. 17:00", "2026-12-25T16:00:00Z"],
  ["25.12.2026 at 9", "2026-12-25T08:00:00Z"],
  ["2026-W50-5 noon", "2026-12-11T11:00:00Z"],
  ["17:00", "2026-11-20T16:00:00Z"],
  ["5pm", "2026-11-20T16:00:00Z"],
  ["5 pm", "2026-11-20T16:00:00Z"],
  ["5:30pm", "2026-11-20T16:30:00Z"],
  ["at 17", "2026-11-20T16:00:00Z"],
  ["at 5pm", "2026-11-20T16:00:00Z"],
  ["10:01", "2026-11-20T09:01:00Z"],
  ["10:00", "2026-11-21T09:00:00Z"],
  ["9am", "2026-11-21T08:00:00Z"],
  ["09:15", "2026-11-21T08:15:00Z"],
  ["9:15:20", "2026-11-21T08:15:20Z"],
  ["noon", "2026-11-20T11:00:00Z"],
  ["midnight", "2026-11-20T23:00:00Z"],
  ["0:00", "2026-11-20T23:00:00Z"],
  ["12am", "2026-11-20T23:00:00Z"],
  ["12pm", "2026-11-20T11:00:00Z"],
  ["12:30am", "2026-11-20T23:30:00Z"],
  ["today 9:00", "2026-11-20T08:00:00Z"],
  ["friday 17:00", "2026-11-27T16:00:00Z"],
  ["next fri 17:00", "2026-11-27T16:00:00Z"],
  ["tomorrow at 9", "2026-11-21T08:00:00Z"],
  ["tomorrow at 0", "2026-11-20T23:00:00Z"],
  ["tomorrow at 23", "2026-11-21T22:00:00Z"],
  ["tomorrow noon", "2026-11-21T11:00:00Z"],
  ["tomorrow at 9:15 pm", "2026-11-21T20:15:00Z"],
  ["nov 21 at 5pm", "2026-11-21T16:00:00Z"],
  ["nov 21 5 pm", "2026-11-21T16:00:00Z"],
  ["21 nov 2027 9:15", "2027-11-21T08:15:00Z"],
  ["nov 21, 2027 at 9", "2027-11-21T08:00:00Z"],
  ["in 3 days at 9", "2026-11-23T08:00:00Z"],
  ["+3d 17:00", "2026-11-23T16:00:00Z"],
  ["in a week at noon", "2026-11-27T11:00:00Z"],
  ["21st at 9", "2026-11-21T08:00:00Z"],
  ["eom 18:00", "2026-11-30T17:00:00Z"],
  ["17:00 friday", "2026-11-27T16:00:00Z"],
  ["9am tomorrow", "2026-11-21T08:00:00Z"],
  ["noon on monday", "2026-11-23T11:00:00Z"],
  ["at 9 next friday", "2026-11-27T08:00:00Z"],
  ["5 pm 21 nov", "2026-11-21T16:00:00Z"],
  ["9:30 in 3 days", "2026-11-23T08:30:00Z"],
  ["Friday  AT  5PM", "2026-11-27T16:00:00Z"],
];

describe("a day is understood", () => {
  test.each(DAYS_ON_A_FRIDAY)("on Friday 20 November 2026, %p is %s", (text, due) => {
    expect(parseWhen(text, on(FRIDAY))).toBe(due);
  });

  test.each([
    ["monday", "2026-11-23"],
    ["tuesday", "2026-11-17"],
    ["sunday", "2026-11-22"],
    ["next monday", "2026-11-23"],
    ["next friday", "2026-11-27"],
    ["next sunday", "2026-11-29"],
    ["eow", "2026-11-22"],
    ["16 nov", "2026-11-16"],
    ["15th", "2026-12-15"],
  ])("on Monday 16 November 2026, %p is %s", (text, due) => {
    expect(parseWhen(text, on("2026-11-16"))).toBe(due);
  });

  test.each([
    ["sunday", "2026-11-29"],
    ["monday", "2026-11-23"],
    ["next monday", "2026-11-23"],
    ["next sunday", "2026-11-29"],
    ["eow", "2026-11-22"],
  ])("on Sunday 22 November 2026, the last day of its week, %p is %s", (text, due) => {
    expect(parseWhen(text, on("2026-11-22"))).toBe(due);
  });

  test.each([
    ["+1m", "2027-02-28"],
    ["next month", "2027-02-28"],
    ["in 3 months", "2027-04-30"],
    ["13m", "2028-02-29"],
    ["-2m", "2026-11-30"],
    ["eom", "2027-01-31"],
    ["31st", "2027-01-31"],
    ["30th", "2027-03-30"],
    ["29th", "2027-03-29"],
    ["28th", "2027-02-28"],
    ["31 jan", "2027-01-31"],
    ["30 jan", "2028-01-30"],
    ["tomorrow", "2027-02-01"],
  ])("at the end of a month, Sunday 31 January 2027, %p is %s", (text, due) => {
    expect(parseWhen(text, on("2027-01-31"))).toBe(due);
  });

  test("the end of the month and of the year may be today", () => {
    expect(parseWhen("eom", on("2028-02-29"))).toBe("2028-02-29");
    expect(parseWhen("eoy", on("2026-12-31"))).toBe("2026-12-31");
    expect(parseWhen("eow", on("2026-12-31"))).toBe("2027-01-03");
  });

  test("a year after 29 February is 28 February", () => {
    expect(parseWhen("1y", on("2028-02-29"))).toBe("2029-02-28");
  });

  test("the next 29 February is found across 2100, which is no leap year", () => {
    expect(parseWhen("29 feb", on("2096-03-01"))).toBe("2104-02-29");
  });

  test.each([
    ["mon", 1],
    ["monday", 1],
    ["tue", 2],
    ["tues", 2],
    ["tuesday", 2],
    ["wed", 3],
    ["wednesday", 3],
    ["thu", 4],
    ["thur", 4],
    ["thurs", 4],
    ["thursday", 4],
    ["fri", 5],
    ["friday", 5],
    ["sat", 6],
    ["saturday", 6],
    ["sun", 7],
    ["sunday", 7],
  ])("%p is weekday %i, one to seven days ahead, and with next it is in next week", (name, weekday) => {
    for (let ahead = 0; ahead < 7; ahead += 1) {
      const today = Temporal.PlainDate.from("2026-11-16").add({ days: ahead });
      const due = Temporal.PlainDate.from(parseWhen(name, on(today.toString())));
      expect(due.dayOfWeek).toBe(weekday);
      expect(today.until(due).days).toBeWithin(1, 8);
      expect(parseWhen(`next ${name}`, on(today.toString()))).toBe(`2026-11-${22 + weekday}`);
    }
  });

  test.each([
    ["jan", "january", "01"],
    ["feb", "february", "02"],
    ["mar", "march", "03"],
    ["apr", "april", "04"],
    ["may", "may", "05"],
    ["jun", "june", "06"],
    ["jul", "july", "07"],
    ["aug", "august", "08"],
    ["sep", "september", "09"],
    ["sept", "september", "09"],
    ["oct", "october", "10"],
    ["nov", "november", "11"],
    ["dec", "december", "12"],
  ])("%s and %s are month %s", (short, long, month) => {
    expect(parseWhen(`3 ${short} 2030`, on(FRIDAY))).toBe(`2030-${month}-03`);
    expect(parseWhen(`${long} 3rd`, on("2030-01-01"))).toBe(`2030-${month}-03`);
  });
});

describe("a word for a week, a quarter or the weekend", () => {
  test.each([
    ["this friday", "2026-11-16", "2026-11-20"],
    ["this fri", "2026-11-20", "2026-11-20"],
    ["this monday", "2026-11-16", "2026-11-16"],
    ["this sunday", "2026-11-22", "2026-11-22"],
  ])("%p on %s is %s", (text, today, due) => {
    expect(parseWhen(text, on(today))).toBe(due);
  });

  test.each([
    ["2026-11-16", "2026-11-21"],
    ["2026-11-20", "2026-11-21"],
    ["2026-11-21", "2026-11-21"],
    ["2026-11-22", "2026-11-22"],
    ["2026-11-23", "2026-11-28"],
  ])("weekend on %s is %s", (today, due) => {
    expect(parseWhen("weekend", on(today))).toBe(due);
  });

  test("next weekend is in next week, also at the weekend itself", () => {
    for (const today of ["2026-11-16", "2026-11-21", "2026-11-22"]) {
      expect(parseWhen("next weekend", on(today))).toBe("2026-11-28");
    }
  });

  test("a start is never today, an end may be", () => {
    expect(parseWhen("sow", on("2026-11-16"))).toBe("2026-11-23");
    expect(parseWhen("som", on("2026-12-01"))).toBe("2027-01-01");
    expect(parseWhen("soq", on("2026-10-01"))).toBe("2027-01-01");
    expect(parseWhen("soy", on("2026-01-01"))).toBe("2027-01-01");
    expect(parseWhen("eoq", on("2026-09-30"))).toBe("2026-09-30");
  });

  test("on every day of five years an end is the day before a start", () => {
    let today = Temporal.PlainDate.from("2023-12-30");
    while (today.year < 2029) {
      const system = on(today.toString());
      for (const period of ["w", "m", "q", "y"]) {
        const end = parseWhen(`eo${period}`, system);
        expect(end >= today.toString()).toBe(true);
        expect(parseWhen(`so${period}-1d`, system)).toBe(end);
      }
      today = today.add({ days: 1 });
    }
  });

  test("every day of six years has one ISO week", () => {
    let day = Temporal.PlainDate.from("2024-01-01");
    while (day.year < 2030) {
      const week = String(day.weekOfYear).padStart(2, "0");
      expect(parseWhen(`${day.yearOfWeek}-W${week}-${day.dayOfWeek}`, on(FRIDAY))).toBe(day.toString());
      day = day.add({ days: 1 });
    }
  });
});

describe("a time is understood", () => {
  test("tonight is the whole day from 20:00 on, so that it is not overdue at once", () => {
    expect(parseWhen("tonight", at("2026-11-20T19:59:59"))).toBe("2026-11-20T19:00:00Z");
    expect(parseWhen("tonight", at("2026-11-20T20:00"))).toBe("2026-11-20");
    expect(parseWhen("tonight", at("2026-11-20T23:59"))).toBe("2026-11-20");
    expect(parseWhen("tonight", at("2026-11-21T00:10"))).toBe("2026-11-21T19:00:00Z");
  });

  test("now is this second", () => {
    expect(parseWhen("now", at("2026-11-20T10:00:59.999"))).toBe("2026-11-20T09:00:59Z");
  });

  test.each([
    ["Europe/Berlin", "2027-03-28T01:30", "+2h", "2027-03-28T02:30:00Z"],
    ["Europe/Berlin", "2027-03-28T01:30", "in 60 minutes", "2027-03-28T01:30:00Z"],
    ["Europe/Berlin", "2027-10-31T01:30", "+2h", "2027-10-31T01:30:00Z"],
    ["America/New_York", "2027-03-14T01:30", "+1h", "2027-03-14T07:30:00Z"],
    ["Australia/Lord_Howe", "2027-04-04T01:00", "+24h", "2027-04-04T14:00:00Z"],
    ["Europe/Berlin", "2027-03-27T09:00", "now+1d", "2027-03-28T07:00:00Z"],
    ["Europe/Berlin", "2027-03-27T09:00", "now+24h", "2027-03-28T08:00:00Z"],
    ["Europe/Berlin", "2027-10-30T09:00", "9:30+1d", "2027-10-31T08:30:00Z"],
    ["Europe/Berlin", "2027-03-27T02:00", "2:30+1d", "2027-03-28T01:30:00Z"],
  ])("in %s at %s, where clocks change, hours pass and days keep the local time: %s", (zone, now, text, due) => {
    expect(parseWhen(text, at(now, zone))).toBe(due);
  });

  test.each(TIMES_ON_A_FRIDAY)("on Friday 20 November 2026 at 10:00 in Berlin, %p is %s", (text, due) => {
    expect(parseWhen(text, friday)).toBe(due);
  });

  test.each([
    ["Europe/Berlin", "2027-03-28 02:30", "2027-03-28T01:30:00Z"],
    ["Europe/Berlin", "2027-03-28 03:00", "2027-03-28T01:00:00Z"],
    ["Europe/Berlin", "2027-10-31 02:30", "2027-10-31T00:30:00Z"],
    ["Europe/Berlin", "31 oct 2027 at 3", "2027-10-31T02:00:00Z"],
    ["America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00Z"],
    ["America/New_York", "14 mar 2027 1:59am", "2027-03-14T06:59:00Z"],
    ["America/New_York", "2027-11-07T01:30", "2027-11-07T05:30:00Z"],
    ["America/New_York", "nov 7, 2027 at 2", "2027-11-07T07:00:00Z"],
  ])("in %s, where clocks change, %p is %s", (zone, text, due) => {
    expect(parseWhen(text, at("2026-11-20T10:00", zone))).toBe(due);
  });

  test("a bare time that the clocks skip today is ahead until the skipped hour is over", () => {
    expect(parseWhen("2:30", at("2027-03-28T01:59"))).toBe("2027-03-28T01:30:00Z");
    expect(parseWhen("2:30", at("2027-03-28T03:30"))).toBe("2027-03-29T00:30:00Z");
  });

  test("a bare time that comes twice today is the first of the two, and over after it", () => {
    expect(parseWhen("2:30", at("2026-10-25T01:00"))).toBe("2026-10-25T00:30:00Z");
    expect(parseWhen("2:30", at("2026-10-25T02:45"))).toBe("2026-10-26T01:30:00Z");
  });

  test("a bare time is the user's, whatever day it is in UTC", () => {
    expect(parseWhen("23:00", at("2026-11-20T22:00", "America/New_York"))).toBe("2026-11-21T04:00:00Z");
    expect(parseWhen("6am", at("2026-11-20T05:00", "Asia/Kolkata"))).toBe("2026-11-20T00:30:00Z");
  });
});

describe("a text that is no date is refused", () => {
  test.each([
    "",
    "   ",
    "soon",
    "someday",
    "21",
    "9",
    "at",
    "at friday",
    "tomorrow 9",
    "tomorrow at",
    "tomorrow at at 9",
    "tomorrow 9am 10am",
    "21 5pm",
    "17:00 friday week",
    "9am noon",
    "9 friday",
    "friday friday",
    "last weekend",
    "last 21st",
    "ago",
    "3 ago",
    "-3 days ago",
    "in 3 days ago",
    "next",
    "next 21st",
    "nov",
    "nov 2027",
    "21 nov 27",
    "21 novem",
    "2026-11",
    "2026-1-2",
    "2026112",
    "2026-W5",
    "2026-W50-8",
    "2026-W50-0",
    "W50",
    "25.12.2026.",
    "this",
    "this week",
    "weekend weekend",
    "eom+",
    "eom+1",
    "eom+1x",
    "+1d+",
    "+-2h",
    "in -2 hours",
    "due",
    "in a",
    "+2026-11-21",
    "2026-11-21T",
    "2026-11-21T9:00",
    "2026-11-21T15:00+99:00",
    "2026-11-21T15:00Z[Europe/Berlin]",
    "3",
    "+ 3d",
    "--3d",
    "1.5d",
    "in days",
    "in 3",
    "5:3pm",
    "1700",
    "none",
    "tomorrow\0",
    "٢١ nov",
  ])("%p is refused, with a hint on how to write it", (text) => {
    const error = refusal(text, friday);
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe(`${JSON.stringify(text)} is not a date`);
    expect(error.hints.join(" ")).toContain("Write a day such as 2026-11-21");
  });

  test.each([
    ["31 feb", "there is no 31 feb"],
    ["feb 30", "there is no feb 30"],
    ["31 april", "there is no 31 april"],
    ["0 nov", "there is no 0 nov"],
    ["29 feb 2027", "there is no 29 feb 2027"],
    ["Feb 29, 2100", "there is no feb 29, 2100"],
    ["2026-02-31", "there is no 2026-02-31"],
    ["2027-02-29", "there is no 2027-02-29"],
    ["2026-13-01", "there is no 2026-13-01"],
    ["2026-00-10", "there is no 2026-00-10"],
    ["2026-11-00", "there is no 2026-11-00"],
    ["0th", "there is no 0th"],
    ["32nd", "there is no 32nd"],
    ["31 feb at 9", "there is no 31 feb"],
    ["2026-02-31T10:00", "there is no 2026-02-31"],
    ["2026-02-31T10:00Z", "there is no 2026-02-31"],
    ["25:00", "there is no 25:00"],
    ["24:00", "there is no 24:00"],
    ["10:60", "there is no 10:60"],
    ["10:00:60", "there is no 10:00:60"],
    ["13pm", "there is no 13pm"],
    ["0am", "there is no 0am"],
    ["17:00 pm", "there is no 17:00 pm"],
    ["friday at 24", "there is no 24"],
    ["2026-11-21T24:00", "there is no 24:00"],
    ["2026-11-21T23:59:60Z", "there is no 23:59:60"],
    ["1969-12-31", "only the years 1970 to 9999 can be used"],
    ["0000-01-01", "only the years 1970 to 9999 can be used"],
    ["21 nov 1969", "only the years 1970 to 9999 can be used"],
    ["+8000y", "only the years 1970 to 9999 can be used"],
    ["-100y", "only the years 1970 to 9999 can be used"],
    ["+9999999999999999999999d", "there is no +9999999999999999999999d"],
    ["1970-01-01T00:30+01:00", "only the years 1970 to 9999 can be used"],
    ["9999-12-31T23:00-05:00", "only the years 1970 to 9999 can be used"],
    ["1970-01-01 00:30", "only the years 1970 to 9999 can be used"],
    ["2027-W53", "there is no 2027-w53"],
    ["2026-W00", "there is no 2026-w00"],
    ["1970-W01", "only the years 1970 to 9999 can be used"],
    ["20261325", "there is no 20261325"],
    ["31.2.2027", "there is no 31.2.2027"],
    ["32.1.", "there is no 32.1."],
    ["1.13.", "there is no 1.13."],
    ["12/11", "it can be 12 nov or 11 dec, write the one you mean"],
    ["12/11/2026", "it can be 2026-11-12 or 2026-12-11, write the one you mean"],
    ["12/11 17:00", "it can be 12 nov or 11 dec, write the one you mean"],
    ["12/24", "write 24 dec"],
    ["24/12", "write 24 dec"],
    ["29/2", "write 29 feb"],
    ["11/11", "write 11 nov"],
    ["12/24/2026", "write 2026-12-24"],
    ["2026/12/24", "write 2026-12-24"],
    ["2026.12.24", "write 2026-12-24"],
    ["21/11/2026", "write 2026-11-21"],
    ["29/2/2027", "there is no 29/2/2027"],
    ["13/32", "there is no 13/32"],
    ["12/11/26", "a year has four digits"],
    ["25.12.26", "a year has four digits"],
    ["25.12", "write 25 dec"],
    ["12.11", "it can be 12 nov or 12:11, write the one you mean"],
    ["9.30", "write 9:30"],
    ["3h", "it can be +3h or 3:00, write the one you mean"],
    ["30h", "write +30h"],
    ["2 hours", "write +2h"],
    ["30min", "write +30min"],
    ["sat 22 nov", "2026-11-22 is another day of the week"],
    ["thu 19 nov", "2027-11-19 is another day of the week"],
    ["fri, nov 21 2026", "2026-11-21 is another day of the week"],
    ["17h+1d", "it can be +17h or 17:00, write the one you mean"],
    ["this monday", "this monday was 2026-11-16, write monday for the next one"],
    ["this thu", "this thu was 2026-11-19, write thu for the next one"],
    ["tomorrow+2h", "hours are counted from a time, and this is a day without one"],
    ["eom+30min", "minutes are counted from a time, and this is a day without one"],
    ["eom+9000y", "only the years 1970 to 9999 can be used"],
    ["now-9999999999999h", "there is no now-9999999999999h"],
    ["tonight at 9", "tonight is after noon, write 21:00 or 9pm"],
    ["due+1d", "only a task that is edited has a due date to count from"],
    ["due + 1w - 1d", "only a task that is edited has a due date to count from"],
    ["friday midnight", "a day has a midnight at both ends, write 0:00 of the day that begins then"],
    ["friday at midnight", "a day has a midnight at both ends, write 0:00 of the day that begins then"],
  ])("%p is refused, because %s", (text, reason) => {
    const error = refusal(text, friday);
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe(`${JSON.stringify(text)} is not a date: ${reason}`);
  });

  test.each([
    ["tomorow", "tomorrow"],
    ["Tommorow", "tomorrow"],
    ["firday", "friday"],
    ["nxt week", "next week"],
    ["thurday", "thursday"],
    ["wendesday 17:00", "wednesday 17:00"],
    ["next tuseday", "next tuesday"],
    ["tursday", "tuesday or thursday"],
    ["3 febuary", "3 february"],
    ["in 3 wekes", "in 3 weeks"],
    ["in 2 huors", "in 2 hours"],
    ["tonigt", "tonight"],
    ["weeekend", "weekend"],
    ["tomorow+2w", "tomorrow+2w"],
    ["day afer tomorrow", "day after tomorrow"],
  ])("%p is refused, and %s is offered instead", (text, meant) => {
    const error = refusal(text, friday);
    expect(error.message).toBe(`${JSON.stringify(text)} is not a date`);
    expect(error.hints).toEqual([`Did you mean ${meant}?`]);
  });

  test.each(["tomorow tomorrow", "febuary 30", "firday friday", "next"])(
    "%p is not corrected, because that would be no date either",
    (text) => {
      expect(refusal(text, friday).hints).toEqual([DATES_HINT]);
    },
  );

  test("what the hint advises to write is understood", () => {
    const [hint = ""] = refusal("soon", friday).hints;
    const advice = hint.replace("Write a day such as ", "").replace(", or both: ", ", ").replace(/\.$/, "");
    const texts = advice.split(/, (?:a time such as )?| or /);
    expect(texts).toHaveLength(9);
    for (const text of texts) expect(() => parseWhen(text, friday)).not.toThrow();
  });

  test("a long text is shown only in part, on one line", () => {
    const { message } = refusal(`line one\n${"x".repeat(1_000_000)}`, friday);
    expect(message.length).toBeLessThan(120);
    expect(message).not.toContain("\n");
  });

  test.each([...DAYS_ON_A_FRIDAY, ...TIMES_ON_A_FRIDAY])("%p with something after or before it is refused", (text) => {
    for (const extra of [" zzz", "q", " ?", "!", " 99x", " or so", ",", " 7", "."]) {
      expect(refusal(text + extra, friday).code).toBe("invalid_input");
    }
    for (const extra of ["by ", "x", "?", "on "]) expect(refusal(extra + text, friday).code).toBe("invalid_input");
  });
});

describe("whatever is typed", () => {
  const calendarDay = fc
    .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const nearDay = fc.integer({ min: 0, max: 40_000 }).map((days) => {
    return Temporal.PlainDate.from("1990-01-01").add({ days }).toString();
  });

  test("a calendar day comes back unchanged in any time zone, on any day", () => {
    fc.assert(
      fc.property(calendarDay, nearDay, fc.constantFrom(...ZONES), (day, today, zone) => {
        expect(parseWhen(day, at(`${today}T10:00`, zone))).toBe(day);
      }),
    );
  });

  test("a text for a day means the same day in every time zone, and never asks for the time", () => {
    fc.assert(
      fc.property(fc.constantFrom(...DAYS_ON_A_FRIDAY), nearDay, fc.constantFrom(...ZONES), ([text], today, zone) => {
        expect(parseWhen(text, { ...on(today), timeZone: () => zone, now: () => 0 })).toBe(parseWhen(text, on(today)));
      }),
    );
  });

  test("a weekday is one to seven days ahead, and is that weekday", () => {
    fc.assert(
      fc.property(nearDay, fc.constantFrom(...WEEKDAYS), (today, name) => {
        const due = parseWhen(name, on(today));
        expect(daysBetween(today, due)).toBeWithin(1, 8);
        expect(Temporal.PlainDate.from(due).dayOfWeek).toBe(WEEKDAYS.indexOf(name) + 1);
      }),
    );
  });

  test("a weekday with next is in the week after this one", () => {
    fc.assert(
      fc.property(nearDay, fc.constantFrom(...WEEKDAYS), (today, name) => {
        const due = Temporal.PlainDate.from(parseWhen(`next ${name}`, on(today)));
        const week = Temporal.PlainDate.from(today).add({ weeks: 1 });
        expect([due.yearOfWeek, due.weekOfYear]).toEqual([week.yearOfWeek, week.weekOfYear]);
        expect(due.dayOfWeek).toBe(WEEKDAYS.indexOf(name) + 1);
      }),
    );
  });

  test("a number of days, weeks, months or years is what the calendar makes of it", () => {
    const unit = fc.constantFrom("days", "weeks", "months", "years");
    fc.assert(
      fc.property(nearDay, fc.integer({ min: 0, max: 800 }), unit, (today, count, name) => {
        const day = Temporal.PlainDate.from(today);
        const later = day.add({ [name]: count }).toString();
        const texts = [`${count}${name.charAt(0)}`, `+${count}${name.charAt(0)}`, `in ${count} ${name}`];
        for (const text of texts) expect(parseWhen(text, on(today))).toBe(later);
        const earlier = day.subtract({ [name]: count });
        if (earlier.year >= 1970) expect(parseWhen(`-${count}${name.charAt(0)}`, on(today))).toBe(earlier.toString());
      }),
    );
  });

  test("a day of the month without a year is the first one from today on", () => {
    fc.assert(
      fc.property(nearDay, nearDay, (today, other) => {
        const { day, month } = Temporal.PlainDate.from(other);
        const name = Temporal.PlainDate.from(other).toLocaleString("en", { month: "long" });
        let first = Temporal.PlainDate.from(today);
        while (first.day !== day || first.month !== month) first = first.add({ days: 1 });
        expect(parseWhen(`${day} ${name}`, on(today))).toBe(first.toString());
        first = Temporal.PlainDate.from(today);
        while (first.day !== day) first = first.add({ days: 1 });
        expect(parseWhen(`${day}th`, on(today))).toBe(first.toString());
      }),
    );
  });

  test("a bare time is within the next day, and shows that time on the user's clock", () => {
    const zone = fc.constantFrom("UTC", "Asia/Kolkata", "Pacific/Kiritimati");
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(nearDay, minute, minute, zone, (today, now, then, timeZone) => {
        const clock = (minutes: number) => new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
        const system = at(`${today}T${clock(now).toString()}`, timeZone);
        const due = Temporal.Instant.from(parseWhen(clock(then).toString().slice(0, 5), system));
        expect(due.epochMilliseconds - system.now()).toBeWithin(1, 24 * 3_600_000 + 1);
        expect(due.toZonedDateTimeISO(timeZone).toPlainTime().equals(clock(then))).toBe(true);
      }),
    );
  });

  test("a moment that is written in full comes back as itself", () => {
    fc.assert(
      fc.property(calendarDay, fc.integer({ min: 0, max: 86_399 }), fc.constantFrom(...ZONES), (day, second, zone) => {
        const time = new Temporal.PlainTime().add({ seconds: second });
        const moment = `${day}T${time.toString()}Z`;
        expect(parseWhen(moment, at("2026-11-20T10:00", zone))).toBe(moment);
      }),
    );
  });

  test("every form is a date on each day around a year's end and a leap day, and that date comes back as itself", () => {
    const examples = DATE_FORMS.flatMap((form) => form.examples).filter((example) => example !== "this friday");
    let today = Temporal.PlainDate.from("2027-12-20");
    while (today.toString() < "2028-03-08") {
      const system = at(`${today.toString()}T21:30`, "America/New_York");
      for (const example of examples) {
        const due = parseWhen(example, system);
        expect(parseWhen(due, system)).toBe(due);
      }
      const isOver = today.dayOfWeek > 5;
      expect([today, isDate("this friday", system)]).toEqual([today, !isOver]);
      today = today.add({ days: 1 });
    }
  });

  test("an offset of a day moves it as the calendar does, and hours move a moment by what passes", () => {
    const count = fc.integer({ min: 0, max: 500 });
    fc.assert(
      // Kiritimati is not among them: it had no 31 December 1994.
      fc.property(nearDay, count, fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata"), (today, by, zone) => {
        const day = Temporal.PlainDate.from(today).add({ days: 1 });
        expect(parseWhen(`tomorrow+${by}d`, on(today))).toBe(day.add({ days: by }).toString());
        expect(parseWhen(`tomorrow + ${by} months`, on(today))).toBe(day.add({ months: by }).toString());
        const system = at(`${today}T10:00`, zone);
        const later = Temporal.Instant.fromEpochMilliseconds(system.now() + by * 3_600_000);
        expect(Temporal.Instant.from(parseWhen(`+${by}h`, system)).equals(later)).toBe(true);
        const sameTime = Temporal.Instant.from(parseWhen(`now+${by}d`, system)).toZonedDateTimeISO(zone);
        expect(sameTime.toPlainDateTime().toString()).toBe(
          Temporal.PlainDate.from(today).add({ days: by }).toPlainDateTime("10:00").toString(),
        );
      }),
    );
  });

  test("garbage is refused as invalid input or is a due date, nothing else", () => {
    const words =
      "due now tonight weekend this h min sow eom 12/11 25.12. 2026-w50 20261225 - in a next at 1 21 21st 31 nov feb friday 5pm 25:00 , + - d today 2026-11-21 9999 T : noon".split(
        " ",
      );
    const phrase = fc
      .tuple(fc.array(fc.constantFrom(...words), { maxLength: 6 }), fc.constantFrom(" ", ""))
      .map(([parts, glue]) => parts.join(glue));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.string(), phrase), (text) => {
        const due = parseIfDate(text);
        if (due === undefined) return;
        expect(due).toMatch(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/);
        expect(parseWhen(due, friday)).toBe(due);
      }),
      { numRuns: 3000 },
    );
  });

  test("a text of a million characters is answered at once", () => {
    const parts = [
      " ",
      "9",
      "a",
      "in ",
      "at ",
      "+",
      "9:",
      "1 ",
      "nov ",
      "+1d",
      "due",
      "/1",
      "\t\n",
      ":00",
      "pm ",
      "next ",
      "-11",
    ];
    const started = performance.now();
    for (const part of parts) {
      const long = part.repeat(1_000_000 / part.length);
      for (const text of [long, `${long}x`, `x${long}`, `tomorrow${long}9`, `in ${long}days`, `+${long}d`]) {
        expect(() => parseWhen(text, friday)).toThrow(TodoError);
      }
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("a bound for comparing due dates", () => {
  const inBerlin = at("2026-11-20T10:00");

  test("a day starts at its local midnight and ends at the next one", () => {
    expect(toBound("2026-11-21", "start", inBerlin)).toEqual({ day: "2026-11-21", moment: "2026-11-20T23:00:00Z" });
    expect(toBound("2026-11-21", "end", inBerlin)).toEqual({ day: "2026-11-22", moment: "2026-11-21T23:00:00Z" });
  });

  test("a day with a clock change is 23 or 25 hours long", () => {
    const newYork = at("2026-11-20T10:00", "America/New_York");
    expect(toBound("2027-03-28", "start", inBerlin).moment).toBe("2027-03-27T23:00:00Z");
    expect(toBound("2027-03-28", "end", inBerlin).moment).toBe("2027-03-28T22:00:00Z");
    expect(toBound("2027-11-07", "start", newYork).moment).toBe("2027-11-07T04:00:00Z");
    expect(toBound("2027-11-07", "end", newYork).moment).toBe("2027-11-08T05:00:00Z");
  });

  test("a day whose midnight is skipped begins with its first minute", () => {
    const cairo = at("2026-11-20T10:00", "Africa/Cairo");
    expect(toBound("2024-04-26", "start", cairo)).toEqual({ day: "2024-04-26", moment: "2024-04-25T22:00:00Z" });
  });

  test("a moment lasts a second, and belongs to the day that it falls on for the user", () => {
    for (const [edge, moment] of [
      ["start", "2026-11-21T23:30:00Z"],
      ["end", "2026-11-21T23:30:01Z"],
    ] as const) {
      const late = "2026-11-21T23:30:00Z";
      expect(toBound(late, edge, inBerlin)).toEqual({ day: "2026-11-22", moment });
      expect(toBound(late, edge, at("2026-11-20T10:00", "America/New_York")).day).toBe("2026-11-21");
    }
  });

  test("every due date lies before the end of the last day that there is", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "UTC"]) {
      const last = toBound("9999-12-31", "end", at("2026-11-20T10:00", zone));
      expect("9999-12-31" < last.day).toBe(true);
      expect("9999-12-31T22:59:59Z" < last.moment).toBe(true);
    }
    expect("9999-12-31" < toBound("9999-12-31T23:30:00Z", "start", inBerlin).day).toBe(true);
  });
});
