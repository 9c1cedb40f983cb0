import type { Condition } from "../query/query.ts";
import type { LocalTime } from "./local-time.ts";

/** The periods of which completions are asked for. A week begins on Monday. */
export const COMPLETION_PERIODS = ["today", "week"] as const;
export type CompletionPeriod = (typeof COMPLETION_PERIODS)[number];

/** The condition that a task was completed today, or since Monday. */
export function completedIn(period: CompletionPeriod, system: LocalTime): Condition {
  const today = Temporal.PlainDate.from(system.today());
  const first = period === "today" ? today : today.subtract({ days: today.dayOfWeek - 1 });
  const { epochMilliseconds } = first.toZonedDateTime(system.timeZone());
  return { kind: "completed", from: new Date(epochMilliseconds).toISOString() };
}
