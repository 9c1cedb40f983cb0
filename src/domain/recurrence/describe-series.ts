import type { LocalTime } from "../dates/local-time.ts";
import type { Task } from "../task/task.ts";
import { describeRule } from "./describe.ts";
import { dueDateOf, occurrencesBetween } from "./next.ts";
import { LAST_DAY, occurrenceOf } from "./occurrence.ts";
import { readSeries, type Series } from "./series.ts";

/** How a task repeats in words, and when it is due first and then. `second` is null if that is not known or never. */
export type RecurrenceEcho = { readonly text: string; readonly first: string; readonly second: string | null };

/** How a series repeats, in words. They name a zone that is not the user's. */
export function describeSeries({ zone, ...series }: Series, { timeZone }: Pick<LocalTime, "timeZone">): string {
  return describeRule(zone === null || zone === timeZone() ? series : { ...series, zone });
}

/** What was understood of a task's repetition. null if it does not repeat, or by a rule of another version. */
export function echoRecurrence(
  task: Pick<Task, "recurrence" | "occurrence" | "dueDate">,
  system: Pick<LocalTime, "timeZone">,
): RecurrenceEcho | null {
  const series = task.recurrence === null ? null : readSeries(task.recurrence);
  const occurrence = occurrenceOf(task);
  if (series === null || occurrence === null) return null;
  const second = occurrencesBetween(series, occurrence, LAST_DAY, 2).find((each) => each > occurrence);
  return {
    text: describeSeries(series, system),
    first: task.dueDate ?? dueDateOf(series, occurrence),
    second: second === undefined ? null : dueDateOf(series, second),
  };
}
