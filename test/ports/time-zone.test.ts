import { expect, test } from "bun:test";
import { inUtc, inZone } from "../../src/ports/time-zone.ts";
import { SYSTEM } from "../support/tasks/arbitraries.ts";

/** It is 23:30 in London. */
const LATE = { ...SYSTEM, now: () => Date.parse("2026-11-20T23:30:00Z") };

test.each([
  ["UTC", "UTC", "2026-11-20"],
  ["Asia/Tokyo", "Asia/Tokyo", "2026-11-21"],
  ["america/new_york", "America/New_York", "2026-11-20"],
])("a user in %s has the day of that zone", (name, timeZone, today) => {
  const system = inZone(LATE, name);
  expect([system.timeZone(), system.today()]).toEqual([timeZone, today]);
});

test("without a zone the day is that of UTC", () => {
  expect([inUtc(LATE).timeZone(), inUtc(LATE).today()]).toEqual(["UTC", "2026-11-20"]);
});
