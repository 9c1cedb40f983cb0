import { toBound } from "./when.ts";
import type { Condition } from "../query/query.ts";
import type { LocalTime } from "./local-time.ts";

/** The periods of which completions are asked for. A week begins on Monday, a month on its first day. */
export const COMPLETION_PERIODS = ["today", "yesterday", "week", "month"] as const;
export type CompletionPeriod = (typeof COMPLETION_PERIODS)[number];

/** The condition that a task was completed in a period of the user's days. Only yesterday is over. */
export function completedIn(period: CompletionPeriod, system: LocalTime): Condition {
  const today = Temporal.PlainDate.from(system.today());
  const startOf = (day: Temporal.PlainDate) => toBound(day.toString(), "start", system);
  const before = period === "yesterday" ? { before: startOf(today) } : {};
  return { kind: "dated", date: "completedAt", from: startOf(firstDay(period, today)), ...before };
}

function firstDay(period: CompletionPeriod, today: Temporal.PlainDate): Temporal.PlainDate {
  switch (period) {
    case "today":
      return today;
    case "yesterday":
      return today.subtract({ days: 1 });
    case "week":
      return today.subtract({ days: today.dayOfWeek - 1 });
    case "month":
      return today.with({ day: 1 });
  }
}
