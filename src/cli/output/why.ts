import { isDay } from "../../domain/dates/due-date.ts";
import { DAY_MS } from "../../domain/durations.ts";
import { type Reason, SOON_DAYS } from "../../domain/query/bands.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { formatPastDay } from "../../domain/dates/format-date.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const UNITS = [
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
] as const;

/** Why to do a task next, in words: `overdue by 5 days`, `due today`, `high priority`. */
export function describeReason(task: Task, reason: Reason, system: System): string {
  const { dueDate, scheduledDate, startedAt, priority } = task;
  switch (reason) {
    case "started":
      return `started ${describeElapsed(startedAt ?? "", system)} ago`;
    case "overdue":
      return `overdue by ${describeElapsed(dueDate ?? "", system)}`;
    case "due_today":
      return "due today";
    case "planned":
      return `planned for ${formatPastDay(scheduledDate ?? "", system)}`;
    case "due_soon":
      return `due within ${SOON_DAYS} days`;
    case "high_priority":
      return "high priority";
    case "none":
      if (priority !== null) return `${priority} priority`;
      return dueDate === null ? "no due date" : "due later";
  }
}

/** How long ago a day or a moment was: `5 days`, `1 hour`. What another program wrote need not be a date. */
function describeElapsed(date: string, system: System): string {
  const until = isDay(date) ? Date.parse(system.today()) : system.now();
  const elapsed = Math.max(MINUTE_MS, until - Date.parse(date));
  const [name, ms] = UNITS.find(([, each]) => elapsed >= each) ?? [];
  if (name === undefined) return "some time";
  const count = Math.floor(elapsed / ms);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
