import { describe, expect, test } from "bun:test";
import { dueState, formatDue, formatLocalMoment, formatMoment } from "../../../src/cli/output/dates.ts";
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
    ["2026-11-19", "overdue"],
    ["2026-11-20", "today"],
    ["2026-11-21", "later"],
    ["2026-11-20T08:59:59Z", "overdue"],
    ["2026-11-20T09:00:00Z", "later"],
    ["2026-11-20T09:00:01Z", "later"],
  ] as const)("%s is %s on 20 November at 10:00", (due, state) => {
    expect(dueState(due, SYSTEM)).toBe(state);
  });

  test("can be typed again as it is printed in a form", () => {
    expect(formatLocalMoment("2026-11-27", SYSTEM)).toBe("2026-11-27");
    expect(formatLocalMoment("2026-11-27T16:00:00Z", SYSTEM)).toBe("2026-11-27 17:00+01:00");
    expect(formatLocalMoment("2026-07-01T16:00:07Z", SYSTEM)).toBe("2026-07-01 18:00:07+02:00");
  });
});

test("the hour that comes twice in autumn is told by its offset in a form", () => {
  const first = formatLocalMoment("2026-10-25T00:30:00Z", SYSTEM);
  const second = formatLocalMoment("2026-10-25T01:30:00Z", SYSTEM);
  expect([first, second]).toEqual(["2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"]);
  expect(formatMoment("2026-10-25T01:30:00Z", SYSTEM)).toBe("Sun 25 Oct 02:30");
});
