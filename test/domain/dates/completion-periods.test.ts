import { describe, expect, test } from "bun:test";
import { completedIn, type CompletionPeriod } from "../../../src/domain/dates/completion-periods.ts";

/** A zone whose day begins at another time than that of UTC. */
const BERLIN = "Europe/Berlin";

function beginOf(period: CompletionPeriod, today: string): string | undefined {
  const condition = completedIn(period, { now: () => 0, today: () => today, timeZone: () => BERLIN });
  return condition.kind === "completed" && condition.before === undefined ? condition.from : undefined;
}

describe("what was completed", () => {
  test("today was completed since the user's midnight", () => {
    expect(beginOf("today", "2026-11-20")).toBe("2026-11-19T23:00:00.000Z");
    expect(beginOf("today", "2026-07-01")).toBe("2026-06-30T22:00:00.000Z");
  });

  test.each([
    ["a Monday", "2026-11-16"],
    ["a Friday", "2026-11-20"],
    ["a Sunday", "2026-11-22"],
  ])("this week was completed since Monday, seen from %s", (_, today) => {
    expect(beginOf("week", today)).toBe("2026-11-15T23:00:00.000Z");
  });
});
