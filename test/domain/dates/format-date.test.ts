import { describe, expect, test } from "bun:test";
import {
  describeDue,
  formatDue,
  formatDueBriefly,
  formatLocalMoment,
  formatMoment,
  formatPastDay,
} from "../../../src/domain/dates/format-date.ts";
import { parseWhen } from "../../../src/domain/dates/when.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

describe("a due date", () => {
  test.each([
    ["2026-11-27", "Fri 27 Nov"],
    ["2026-01-01", "Thu 1 Jan"],
    ["2027-01-01", "Fri 1 Jan 2027"],
    ["2025-12-31", "Wed 31 Dec 2025"],
    ["2026-11-27T16:00:00Z", "Fri 27 Nov 17:00"],
    ["2026-07-01T16:00:59Z", "Wed 1 Jul 18:00"],
    ["2026-12-31T23:30:00Z", "Fri 1 Jan 2027 00:30"],
    ["0000-01-01", "Sat 1 Jan 0"],
  ])("%s reads %s in Berlin", (due, text) => {
    expect(formatDue(due, SYSTEM)).toBe(text);
  });

  test.each(["2026-11-27", "2026-11-20", "2027-01-01", "2025-12-31", "2028-02-29", "2026-11-27T16:00:00Z"])(
    "%s can be typed as it is shown",
    (due) => {
      expect(parseWhen(formatDue(due, SYSTEM), SYSTEM)).toBe(due);
    },
  );

  test("that is a day is the same day in every time zone", () => {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      expect(formatDue("2026-11-27", { ...SYSTEM, timeZone: () => zone })).toBe("Fri 27 Nov");
    }
  });

  test("that nobody can read is shown as it is, so that it hides no list", () => {
    expect(formatDue("someday\u001b", SYSTEM)).toBe("someday\\e");
    expect(formatDue("2026-99-99", SYSTEM)).toBe("2026-99-99");
  });

  test.each([
    ["2026-11-19", "Thu 19 Nov (overdue)"],
    ["2026-11-20T08:30:00Z", "Fri 20 Nov 09:30 (overdue)"],
    ["2026-11-20T16:00:00Z", "Fri 20 Nov 17:00 (today)"],
    ["2026-11-20", "Fri 20 Nov (today)"],
    ["2026-11-21", "Sat 21 Nov"],
  ])("%s says in words that it is overdue or today: %s", (due, text) => {
    expect(describeDue(due, SYSTEM)).toBe(text);
  });

  test.each([
    ["2025-11-20", "365 days ago"],
    ["2026-11-13", "7 days ago"],
    ["2026-11-18T22:59:00Z", "2 days ago"],
    ["2026-11-19", "yesterday"],
    ["2026-11-19T22:59:00Z", "yesterday"],
    ["2026-11-19T23:00:00Z", "10 h ago"],
    ["2026-11-20T08:00:00Z", "1 h ago"],
    ["2026-11-20T08:30:00Z", "30 min ago"],
    ["2026-11-20T08:59:59Z", "1 min ago"],
    ["2026-11-20T09:00:00Z", "today 10:00"],
    ["2026-11-20", "today"],
    ["2026-11-20T16:00:00Z", "today 17:00"],
    ["2026-11-21", "tomorrow"],
    ["2026-11-21T08:00:00Z", "tomorrow 09:00"],
    ["2026-11-22", "Sun 22 Nov"],
    ["2026-11-22T08:00:00Z", "Sun 09:00"],
    ["2026-11-26T08:00:00Z", "Thu 09:00"],
    ["2026-11-27T08:00:00Z", "Fri 27 Nov"],
    ["2027-03-01", "1 Mar 2027"],
    ["2027-03-01T08:00:00Z", "1 Mar 2027"],
    ["2027-01-01", "1 Jan 2027"],
    ["someday\u001b", "someday\\e"],
    ["2026-99-99", "2026-99-99"],
  ])("%s reads %s where columns are dear", (due, text) => {
    expect(formatDueBriefly(due, SYSTEM)).toBe(text);
  });

  test("can be typed again as it is printed in a form", () => {
    expect(formatLocalMoment("2026-11-27", SYSTEM)).toBe("2026-11-27");
    expect(formatLocalMoment("2026-11-27T16:00:00Z", SYSTEM)).toBe("2026-11-27 17:00+01:00");
    expect(formatLocalMoment("2026-07-01T16:00:07Z", SYSTEM)).toBe("2026-07-01 18:00:07+02:00");
  });
});

test("a past day is told without its time", () => {
  const days = ["2026-11-20T08:00:00Z", "2026-11-19T08:00:00Z", "2025-01-02T08:00:00Z", "then"];
  expect(days.map((day) => formatPastDay(day, SYSTEM))).toEqual(["today", "Thu 19 Nov", "2 Jan 2025", "then"]);
});

test("the hour that comes twice in autumn is told by its offset in a form", () => {
  const first = formatLocalMoment("2026-10-25T00:30:00Z", SYSTEM);
  const second = formatLocalMoment("2026-10-25T01:30:00Z", SYSTEM);
  expect([first, second]).toEqual(["2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"]);
  expect(formatMoment("2026-10-25T01:30:00Z", SYSTEM)).toBe("Sun 25 Oct 02:30");
});
