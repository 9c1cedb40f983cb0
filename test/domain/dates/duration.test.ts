import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../../src/domain/dates/duration.ts";

describe("a duration", () => {
  test.each([
    ["2h", 120],
    ["90min", 90],
    ["30m", 30],
    ["1h30m", 90],
    ["1h 30min", 90],
    ["1 hour 30 minutes", 90],
    ["1.5h", 90],
    ["0.25 hrs", 15],
    [" 2H ", 120],
    ["0min", 0],
  ])("%s is %i minutes", (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  test.each([
    ["45", "write 45min or 45h"],
    ["1d", "days and weeks of work differ in length, write hours"],
    ["2 weeks", "days and weeks of work differ in length, write hours"],
    ["30m1h", "not a duration"],
    ["1h30", "not a duration"],
    ["-1h", "not a duration"],
    ["soon", "not a duration"],
    ["", "not a duration"],
    ["1234567min", "not a duration"],
  ])("%p is refused: %s", (text, reason) => {
    expect(() => parseDuration(text)).toThrow(reason);
  });

  test.each([
    [150, "2 h 30 min"],
    [120, "2 h"],
    [45, "45 min"],
    [0, "0 min"],
    [525_600, "8760 h"],
  ])("%i minutes are %p in words", (minutes, words) => {
    expect(formatDuration(minutes)).toBe(words);
  });

  test("what is written in words is read as the same number of minutes", () => {
    fc.assert(
      fc.property(fc.nat(525_600), (minutes) => {
        expect(parseDuration(formatDuration(minutes))).toBe(minutes);
      }),
    );
  });
});
