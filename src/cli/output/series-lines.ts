import { isCancelled } from "../../domain/task/closing.ts";
import { occurrenceOf } from "../../domain/recurrence/occurrence.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { findLastRecords } from "../../services/tasks/series/find-records.ts";
import type { Workspace } from "../../services/workspace.ts";
import { formatDue, formatPastDay } from "../../domain/dates/format-date.ts";
import { describeNext, describeRecurrence } from "./recurrence.ts";

/** What `todo show` says of a task that repeats. */
export type SeriesLines = {
  readonly recurrence: string | null;
  /** Of a record: which one it was. Of a series: the current one. */
  readonly occurrence: string | null;
  readonly next: string | null;
  /** A line for each of the last occurrences that were closed. null if there is none. */
  readonly history: string | null;
};

const MAX_NEXT = 3;
const MAX_RECORDS = 5;

export async function readSeriesLines(workspace: Workspace, task: Task): Promise<SeriesLines> {
  const { system } = workspace;
  const records = await findLastRecords(workspace, task.id, MAX_RECORDS);
  return {
    recurrence: task.recurrence === null ? null : describeRecurrence(task.recurrence, system),
    occurrence: describeOccurrence(task, system),
    next: describeNext(task, MAX_NEXT, system),
    history: records.length === 0 ? null : records.map((record) => describeRecord(record, system)).join("\n"),
  };
}

function describeRecord(record: Task, system: System): string {
  const state = isCancelled(record) ? "cancelled" : record.skipped ? "skipped" : "done";
  const day = record.completedAt === null ? "" : ` ${formatPastDay(record.completedAt, system)}`;
  return `${describeOccurrence(record, system) ?? ""}  ${state}${day}`;
}

/** An occurrence as people read it, in its own time zone: `Mon 16 Nov`, and with its time `Mon 16 Nov 09:00`. */
function describeOccurrence(task: Task, system: System): string | null {
  const occurrence = occurrenceOf(task);
  if (occurrence === null) return null;
  const [day = "", time] = occurrence.split("T");
  return `${formatDue(day, system)}${time === undefined ? "" : ` ${time}`}`;
}
