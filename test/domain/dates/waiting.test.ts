import { describe, expect, test } from "bun:test";
import { isHidden } from "../../../src/domain/dates/waiting.ts";

/** Ten hours and half a second into the day. */
const SYSTEM = { now: () => Date.parse("2026-11-20T09:00:00.500Z"), today: () => "2026-11-20" };

describe("what waits until a day or a moment", () => {
  test.each([
    ["2026-11-21", true],
    ["2026-11-20", false],
    ["2026-11-19", false],
    ["2026-11-20T09:00:01Z", true],
    ["2026-11-20T09:00:00Z", false],
    ["2026-11-19T23:00:00Z", false],
  ])("%s is hidden: %p", (waitUntil, hidden) => {
    expect(isHidden(waitUntil, SYSTEM)).toBe(hidden);
  });
});
