import { describe, expect, test } from "bun:test";
import { completedIn, type CompletionPeriod } from "../../../src/domain/dates/completion-periods.ts";

/** A zone whose day begins at another time than that of UTC. */
const BERLIN = "Europe/Berlin";

function beginOf(period: CompletionPeriod, today: string): string | undefined {
  const condition = completedIn(period, { now: () => 0, today: () => today, timeZone: () => BERLIN });
  return condition.kind === "dated" && condition.before === undefined ? condition.from?.moment : undefined;
}

describe("what was completed", () => {
  test("today was completed since the user's midnight", () => {
    expect(beginOf("today", "2026-11-20")).toBe("2026-11-19T23:00:00Z");
    expect(beginOf("today", "2026-07-01")).toBe("2026-06-30T22:00:00Z");
  });

  test("yesterday was completed between two midnights, also where the clocks change", () => {
    const system = { now: () => 0, today: () => "2026-10-26", timeZone: () => BERLIN };
    expect(completedIn("yesterday", system)).toEqual({
      kind: "dated",
      date: "completedAt",
      from: { day: "2026-10-25", moment: "2026-10-24T22:00:00Z" },
      before: { day: "2026-10-26", moment: "2026-10-25T23:00:00Z" },
    });
  });

  test("this month was completed since its first day", () => {
    expect(beginOf("month", "2026-11-20")).toBe("2026-10-31T23:00:00Z");
  });

  test.each([
    ["a Monday", "2026-11-16"],
    ["a Friday", "2026-11-20"],
    ["a Sunday", "2026-11-22"],
  ])("this week was completed since Monday, seen from %s", (_, today) => {
    expect(beginOf("week", today)).toBe("2026-11-15T23:00:00Z");
  });
});
