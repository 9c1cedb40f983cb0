import { describe, expect, test } from "bun:test";
import { parseDateNear } from "../../../src/domain/dates/date-near.ts";

const friday = {
  now: () => Date.parse("2026-11-20T14:00:00Z"),
  today: () => "2026-11-20",
  timeZone: () => "Europe/Berlin",
};

describe("a date beside the due date", () => {
  test.each([
    ["due-3d", "2026-11-27", "2026-11-24"],
    ["due - 1w + 1d", "2026-11-27", "2026-11-21"],
    ["due+1m", "2027-01-31", "2027-02-28"],
    ["due", "2026-11-27", "2026-11-27"],
    ["due-2h", "2026-11-27T16:00:00Z", "2026-11-27T14:00:00Z"],
    ["due-30min", "2026-11-27T16:00:00Z", "2026-11-27T15:30:00Z"],
    // 17:00 stays 17:00 where the clocks changed in between.
    ["due-5w", "2026-11-27T16:00:00Z", "2026-10-23T15:00:00Z"],
    ["monday", "2026-11-27", "2026-11-23"],
    ["monday", null, "2026-11-23"],
  ])("%s of a task that is due %s is %s", (text, due, date) => {
    expect(parseDateNear(text, { due }, friday)).toBe(date);
  });

  test.each([
    ["due-3d", null, "there is no due date to count due-3d from"],
    ["due-1h", "2026-11-27", "hours are counted from a time, and this is a day without one"],
    ["due-9999y", "2026-11-27", "only the years 1970 to 9999 can be used"],
    ["dew-3d", "2026-11-27", '"dew-3d" is not a date'],
  ])("%s of a task that is due %s is refused: %s", (text, due, reason) => {
    expect(() => parseDateNear(text, { due }, friday)).toThrow(reason);
  });
});
