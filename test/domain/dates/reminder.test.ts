import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatReminder } from "../../../src/domain/dates/reminder-words.ts";
import { parseReminder, remindAt } from "../../../src/domain/dates/reminder.ts";
import { checkReminder } from "../../../src/domain/task/task.ts";

/** Friday, 20 November 2026, 15:00 in Berlin. */
const friday = {
  now: () => Date.parse("2026-11-20T14:00:00Z"),
  today: () => "2026-11-20",
  timeZone: () => "Europe/Berlin",
};

describe("a reminder", () => {
  test.each([
    ["30min", "-PT30M"],
    ["30m", "-PT30M"],
    ["2h", "-PT2H"],
    ["120 minutes", "-PT2H"],
    ["1h30m", "-PT90M"],
    ["1d", "-P1D"],
    ["1w", "-P1W"],
    ["14 days", "-P2W"],
    ["due-1d", "-P1D"],
    ["due - 2h", "-PT2H"],
    ["30 min before", "-PT30M"],
    ["2 days before it is due", "-P2D"],
    ["now", "-PT0M"],
    ["0min", "-PT0M"],
    ["0d", "-PT0M"],
    ["mon 17:00", "2026-11-23T16:00:00Z"],
    ["+2h", "2026-11-20T16:00:00Z"],
    ["2026-11-27T17:00Z", "2026-11-27T17:00:00Z"],
  ])("%s is stored as %s", (text, trigger) => {
    expect(parseReminder(text, friday)).toBe(trigger);
    expect(checkReminder(trigger)).toBe(trigger);
  });

  test.each([
    ["friday", 'reminder "friday" has no time'],
    ["2 months", 'reminder "2 months" has no time'],
    ["sometime", '"sometime" is not a date'],
    ["200000min", '"200000min" is too long before the due date'],
    ["due+1d", '"due+1d" is not a date'],
    ["before", '"before" is not a date'],
  ])("%s is refused: %s", (text, reason) => {
    expect(() => parseReminder(text, friday)).toThrow(reason);
  });

  test.each([
    ["-PT30M", "30 min before"],
    ["-PT90M", "1 h 30 min before"],
    ["-PT2H", "2 h before"],
    ["-P1D", "1 day before"],
    ["-P2W", "2 weeks before"],
    ["-PT0M", "when it is due"],
    ["2026-11-27T16:00:00Z", undefined],
    ["FREQ=NEVER", undefined],
  ])("%s is %p in words", (trigger, words) => {
    expect(formatReminder(trigger)).toBe(words);
  });

  test("what is written in words is read as the same reminder", () => {
    const duration = fc.nat(99_999).map((minutes) => parseReminder(`${minutes}min`, friday));
    const days = fc.nat(600).map((count) => parseReminder(`${count}d`, friday));
    fc.assert(
      fc.property(fc.oneof(duration, days), (trigger) => {
        expect(parseReminder(formatReminder(trigger) ?? "", friday)).toBe(trigger);
      }),
    );
  });
});

describe("a reminder falls due", () => {
  test.each<[string, string | null, string | undefined]>([
    ["-PT0M", "2026-11-27T16:00:00Z", "2026-11-27T16:00:00Z"],
    ["-PT30M", "2026-11-27T16:00:00Z", "2026-11-27T15:30:00Z"],
    ["-PT90M", "2026-11-27T16:00:00Z", "2026-11-27T14:30:00Z"],
    ["-P1W", "2026-11-27T16:00:00Z", "2026-11-20T16:00:00Z"],
    // The clocks went back on 25 October at 3:00: a day before keeps the time of day, 24 hours before do not.
    ["-P1D", "2026-10-25T16:00:00Z", "2026-10-24T15:00:00Z"],
    ["-PT24H", "2026-10-25T16:00:00Z", "2026-10-24T16:00:00Z"],
    // A day begins at midnight in Berlin.
    ["-PT0M", "2026-11-27", "2026-11-26T23:00:00Z"],
    ["-PT30M", "2026-11-27", "2026-11-26T22:30:00Z"],
    ["-P1D", "2026-11-27", "2026-11-25T23:00:00Z"],
    ["-P1D", "2026-10-26", "2026-10-24T22:00:00Z"],
    ["2026-11-20T16:00:00Z", null, "2026-11-20T16:00:00Z"],
    ["2026-11-20T16:00:00Z", "2026-11-27", "2026-11-20T16:00:00Z"],
    ["-P1D", null, undefined],
    ["-P1D", "some day", undefined],
    ["-P1M", "2026-11-27", undefined],
    ["FREQ=NEVER", "2026-11-27", undefined],
  ])("%s of what is due %p at %p", (trigger, dueDate, moment) => {
    expect(remindAt(trigger, dueDate, friday)).toBe(moment);
  });
});
