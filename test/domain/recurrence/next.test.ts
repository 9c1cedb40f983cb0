import { describe, expect, test } from "bun:test";
import {
  dueDateOf,
  isFarAhead,
  localTimeOf,
  missedBetween,
  nextOccurrence,
  occurrencesBetween,
} from "../../../src/domain/recurrence/next.ts";
import { readSeries, type Series } from "../../../src/domain/recurrence/series.ts";

const MONDAYS = "2026-11-23 FREQ=WEEKLY;BYDAY=MO";
const LAST_DAYS = "2027-01-31 RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD";
const TWICE = "2026-11-23T08:00[Europe/Berlin] FREQ=DAILY;BYHOUR=8,20";

function series(text: string): Series {
  const read = readSeries(text);
  if (read === null) throw new Error(`${text} is no series`);
  return read;
}

function taken(...occurrences: string[]): (occurrence: string) => boolean {
  return (occurrence) => occurrences.includes(occurrence);
}

type Row = readonly [text: string, after: string, today: string, next: string | null, taken?: string];

describe("the next occurrence", () => {
  test.each([
    // On time, early, late, and on the day of the one that comes next, which is passed over too.
    [`due ${MONDAYS}`, "2026-11-23", "2026-11-23", "2026-11-30"],
    [`due ${MONDAYS}`, "2026-11-23", "2026-11-20", "2026-11-30"],
    [`due ${MONDAYS}`, "2026-11-23", "2026-12-16", "2026-12-21"],
    [`due ${MONDAYS}`, "2026-11-23", "2026-11-30", "2026-12-07"],
    // What was done ahead is not due again, and neither is what another rule asked for.
    [`due ${MONDAYS}`, "2026-11-23", "2026-11-23", "2026-12-07", "2026-11-30"],
    [`due ${MONDAYS}`, "2026-11-25", "2026-11-23", "2026-11-30"],
    [`due ${LAST_DAYS}`, "2027-01-31", "2027-01-31", "2027-02-28"],
    [`due ${LAST_DAYS}`, "2027-02-28", "2027-02-28", "2027-03-31"],
    ["due 2026-11-23 FREQ=DAILY;COUNT=3", "2026-11-24", "2026-11-24", "2026-11-25"],
    ["due 2026-11-23 FREQ=DAILY;COUNT=3", "2026-11-25", "2026-11-25", null],
    ["due 2026-11-23 FREQ=DAILY;COUNT=3", "2026-11-23", "2026-11-25", null],
    ["due 2026-11-23 FREQ=DAILY;UNTIL=20261124", "2026-11-24", "2026-11-24", null],
    [`due ${TWICE}`, "2026-11-23T08:00", "2026-11-23T08:30", "2026-11-23T20:00"],
    [`due ${TWICE}`, "2026-11-23T20:00", "2026-11-23T08:30", "2026-11-24T08:00"],
    [`due ${TWICE}`, "2026-11-22T20:00", "2026-11-23T12:00", "2026-11-23T20:00"],
    [`due ${TWICE}`, "2026-11-22T20:00", "2026-11-23", "2026-11-23T08:00"],
    ["due 9999-12-30T20:00[Europe/Berlin] FREQ=DAILY", "9999-12-30T20:00", "9999-12-30T20:00", null],
    ["due 9999-12-30 FREQ=DAILY", "9999-12-30", "9999-12-30", "9999-12-31"],
    ["due 9999-12-30 FREQ=DAILY", "9999-12-31", "9999-12-30", null],
    // One by one, however late.
    [`each ${MONDAYS}`, "2026-11-23", "2026-12-16", "2026-11-30"],
    [`each ${MONDAYS}`, "2026-11-23", "2026-11-20", "2026-11-30"],
    [`each ${MONDAYS}`, "2026-11-23", "2026-12-16", "2026-12-07", "2026-11-30"],
    ["each 2026-11-23 FREQ=DAILY;COUNT=3", "2026-11-24", "2027-01-01", "2026-11-25"],
    ["each 2026-11-23 FREQ=DAILY;COUNT=3", "2026-11-25", "2027-01-01", null],
    // From the day of completion, early or late.
    ["done 2026-11-23 FREQ=DAILY;INTERVAL=10", "2026-11-23", "2026-11-23", "2026-12-03"],
    ["done 2026-11-23 FREQ=DAILY;INTERVAL=10", "2026-11-23", "2026-11-20", "2026-11-30"],
    ["done 2026-11-23 FREQ=DAILY;INTERVAL=10", "2026-11-23", "2026-12-20", "2026-12-30"],
    ["done 2026-11-23 FREQ=MONTHLY;INTERVAL=3", "2026-11-23", "2026-11-21", "2027-02-21"],
    ["done 2026-11-23 RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD", "2026-11-23", "2027-01-31", "2027-02-28"],
    ["done 2026-11-23 FREQ=DAILY;UNTIL=20261124", "2026-11-23", "2026-11-24", null],
    // With fixed days, done early: the current one is over, though it is ahead.
    ["done 2026-11-28 FREQ=WEEKLY;BYDAY=SA", "2026-11-28", "2026-11-25", "2026-12-05"],
    ["done 2026-11-28 FREQ=WEEKLY;BYDAY=SA", "2026-11-21", "2026-11-25", "2026-11-28"],
    ["done 2026-11-28 FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23", "2026-11-23", "2026-11-26"],
    ["done 2026-11-28 FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "2026-11-28", "2026-11-28", "2026-12-19"],
    ["done 2026-11-28 FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "2026-11-21", "2026-11-25", "2026-12-19"],
    ["done 2026-11-28 FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "2026-11-28", "2026-11-29", "2026-12-19"],
    ["done 2026-08-28 FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28", "2026-08-28", "2026-11-25", "2027-02-28"],
    ["done 2026-11-23T09:00[Europe/Berlin] FREQ=DAILY", "2026-11-22T09:00", "2026-11-23T08:00", "2026-11-24T09:00"],
    ["done 2026-11-23T09:00[Europe/Berlin] FREQ=DAILY", "2026-11-23T09:00", "2026-11-23T10:00", "2026-11-24T09:00"],
    [`done ${TWICE}`, "2026-11-23T08:00", "2026-11-23T08:30", "2026-11-23T20:00"],
  ] as readonly Row[])("of %s behind %s, done on %s, is %p", (text, after, today, next, done = "") => {
    expect(nextOccurrence(series(text), { after, today, isTaken: taken(done) })).toBe(next);
  });
});

describe("what was missed", () => {
  const span = { after: "2026-11-02", next: "2026-12-07", limit: 10 };

  test("is named where the schedule passed over it", () => {
    const rents = series("due 2026-11-02 FREQ=WEEKLY;BYDAY=MO");
    expect(missedBetween(rents, span, taken("2026-11-16"))).toEqual(["2026-11-09", "2026-11-23", "2026-11-30"]);
    expect(missedBetween(rents, { ...span, limit: 2 }, taken())).toEqual(["2026-11-09", "2026-11-16"]);
  });

  test("is what was left where nothing comes any more", () => {
    const three = series("due 2026-11-02 FREQ=WEEKLY;COUNT=3");
    expect(missedBetween(three, { ...span, next: null }, taken())).toEqual(["2026-11-09", "2026-11-16"]);
  });

  test.each(["each", "done"])("is nothing where the mode is %s", (mode) => {
    expect(missedBetween(series(`${mode} 2026-11-02 FREQ=WEEKLY`), span, taken())).toEqual([]);
  });
});

describe("the occurrences of a calendar", () => {
  test("include both ends and stop at the limit", () => {
    const mondays = series(`due ${MONDAYS}`);
    expect(occurrencesBetween(mondays, "2026-11-30", "2026-12-14", 10)).toEqual([
      "2026-11-30",
      "2026-12-07",
      "2026-12-14",
    ]);
    expect(occurrencesBetween(mondays, "2026-11-01", "2027-12-31", 2)).toEqual(["2026-11-23", "2026-11-30"]);
  });

  test("include every time of the last day", () => {
    expect(occurrencesBetween(series(`each ${TWICE}`), "2026-11-30", "2026-11-30", 10)).toEqual([
      "2026-11-30T08:00",
      "2026-11-30T20:00",
    ]);
  });

  test("are none where they depend on a day of completion that is to come", () => {
    expect(occurrencesBetween(series("done 2026-11-23 FREQ=DAILY"), "2026-11-01", "2026-12-31", 10)).toEqual([]);
  });
});

describe("an occurrence", () => {
  test.each([
    ["2026-11-30", false],
    ["2026-12-07", true],
  ])("on %s is far ahead of a Wednesday before: %p", (occurrence, isFar) => {
    expect(isFarAhead(series(`due ${MONDAYS}`), occurrence, "2026-11-25")).toBe(isFar);
  });

  test("that is counted from completion is never far ahead", () => {
    expect(isFarAhead(series("done 2026-11-23 FREQ=DAILY"), "2027-11-23", "2026-11-25")).toBe(false);
  });

  test.each([
    ["Europe/Berlin", "2026-11-23T09:00", "2026-11-23T08:00:00Z"],
    ["Europe/Berlin", "2026-06-23T09:00", "2026-06-23T07:00:00Z"],
    // The clocks skip 02:30, so it is 03:30 in summer time.
    ["Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00Z"],
    // 02:30 comes twice. The first is meant.
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z"],
    ["America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00Z"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z"],
    ["Asia/Kolkata", "2026-11-23T09:00", "2026-11-23T03:30:00Z"],
    ["Pacific/Kiritimati", "2026-11-23T09:00", "2026-11-22T19:00:00Z"],
    ["Pacific/Pago_Pago", "2026-11-23T20:00", "2026-11-24T07:00:00Z"],
    // Samoa had no 30 December 2011 at all.
    ["Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00:00Z"],
    ["UTC", "2026-11-23T09:00", "2026-11-23T09:00:00Z"],
  ])("in %s at %s is due at %s", (zone, occurrence, due) => {
    expect(dueDateOf(series(`due 2011-01-01T00:00[${zone}] FREQ=DAILY`), occurrence)).toBe(due);
  });

  test("that is a day is due on that day, wherever one is", () => {
    expect(dueDateOf(series(`due ${MONDAYS}`), "2026-11-30")).toBe("2026-11-30");
    expect(dueDateOf(series(`due ${TWICE}`), "2026-11-30")).toBe("2026-11-30");
  });

  test.each([
    [`due ${MONDAYS}`, "2026-11-23"],
    ["due 2026-11-23T09:00[Pacific/Auckland] FREQ=DAILY", "2026-11-24T12:59"],
    ["due 2026-11-23T09:00[America/New_York] FREQ=DAILY", "2026-11-23T18:59"],
  ])("of %s that is completed at midnight in London is over at %s", (text, local) => {
    expect(localTimeOf(series(text), "2026-11-23T23:59:59.999Z")).toBe(local);
  });
});
