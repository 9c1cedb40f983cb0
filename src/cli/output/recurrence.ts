import { describeRuleBriefly } from "../../domain/recurrence/describe.ts";
import { dueDateOf, occurrencesBetween } from "../../domain/recurrence/next.ts";
import { LAST_DAY, occurrenceOf } from "../../domain/recurrence/occurrence.ts";
import { describeSeries } from "../../domain/recurrence/describe-series.ts";
import { readSeries } from "../../domain/recurrence/series.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { formatDue } from "../../domain/dates/format-date.ts";

const OF_ANOTHER_VERSION = "repeats (rule of another version)";

/** How a task repeats in a few words, `every Mon`, or nothing. */
export function describeBriefly({ recurrence }: Task): string {
  if (recurrence === null) return "";
  const series = readSeries(recurrence);
  if (series === null) return OF_ANOTHER_VERSION;
  return describeRuleBriefly({ mode: series.mode, rule: series.rule, start: series.start });
}

/** What a stored recurrence says, in words. */
export function describeRecurrence(recurrence: string, system: System): string {
  const series = readSeries(recurrence);
  return series === null ? OF_ANOTHER_VERSION : describeSeries(series, system);
}

/** When a task is due after its current occurrence, at most so many times. null if that is not known. */
export function describeNext(task: Task, limit: number, system: System): string | null {
  const series = task.recurrence === null ? null : readSeries(task.recurrence);
  const occurrence = occurrenceOf(task);
  if (series === null || occurrence === null) return null;
  const following = occurrencesBetween(series, occurrence, LAST_DAY, limit + 1).filter((each) => each > occurrence);
  const dates = following.slice(0, limit).map((each) => formatDue(dueDateOf(series, each), system));
  return dates.length === 0 ? null : dates.join(", ");
}
