import { formatMoment } from "../dates/due-date.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { hideWaiting } from "../dates/waiting.ts";
import { toBound } from "../dates/bounds.ts";
import { type Condition, PENDING } from "./query.ts";

/** What all tasks that can be done now meet, if these are the blocked ones: open, not hidden and not planned for later. */
export function findReady(blocked: readonly string[], system: LocalTime): Condition[] {
  return [
    PENDING,
    hideWaiting(system),
    { kind: "not", condition: findPlannedForLater(system) },
    ...(blocked.length === 0 ? [] : [{ kind: "not", condition: { kind: "among", ids: blocked } } as const]),
  ];
}

/** What is planned for a day that has not begun yet, or for a moment that has not come. */
export function findPlannedForLater(system: LocalTime): Condition {
  const now = formatMoment(Temporal.Instant.fromEpochMilliseconds(system.now()));
  const { day } = toBound(system.today(), "end", system);
  const { moment } = toBound(now, "end", system);
  return { kind: "dated", date: "scheduledDate", from: { day, moment } };
}
