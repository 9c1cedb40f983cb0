import { MAX_OCCURRENCES, type OccurrenceState } from "../../../contract/occurrences.ts";
import type { WireOccurrence } from "../../../contract/occurrences-schema.ts";
import type { Span } from "../../../domain/recurrence/coming.ts";
import { dueDateOf, occurrencesBetween } from "../../../domain/recurrence/next.ts";
import { dayOfOccurrence, laterOf, occurrenceOf } from "../../../domain/recurrence/occurrence.ts";
import { readSeries, type Series } from "../../../domain/recurrence/series.ts";
import { isCancelled } from "../../../domain/task/closing.ts";
import type { Task } from "../../../domain/task/task.ts";
import { compareText } from "../../../domain/task/text.ts";
import type { Workspace } from "../../workspace.ts";
import { isOpenSeries } from "./close-occurrence.ts";
import { findRecords } from "./find-records.ts";

/** The records of a task that repeats or did, then its current occurrence and what is to come, at most a thousand. */
export async function listOccurrences(workspace: Workspace, task: Task, span: Span): Promise<WireOccurrence[]> {
  const records = (await findRecords(workspace, task.id, span.from)).filter(({ deletedAt }) => deletedAt === null);
  const known = records.filter(({ occurrence }) => isIn(span, occurrence)).map(describeRecord);
  const taken = new Set(records.map(({ occurrence }) => occurrence));
  const coming = listComing(task, span).filter(({ occurrence }) => !taken.has(occurrence));
  const all = [...known, ...coming].toSorted((one, other) => compareText(one.occurrence, other.occurrence));
  return all.slice(0, MAX_OCCURRENCES);
}

function listComing(task: Task, span: Span): WireOccurrence[] {
  const { recurrence, dueDate } = task;
  const current = occurrenceOf(task);
  if (!isOpenSeries(task) || recurrence === null || current === null) return [];
  const first = { occurrence: current, due_date: dueDate, state: "current", record: null } as const;
  const series = readSeries(recurrence);
  const following = series === null ? [] : listFollowing(series, current, span);
  return [...(isIn(span, current) ? [first] : []), ...following];
}

function listFollowing(series: Series, current: string, { from, to }: Span): WireOccurrence[] {
  return occurrencesBetween(series, laterOf(from, current), to, MAX_OCCURRENCES)
    .filter((occurrence) => occurrence > current)
    .map((occurrence) => ({
      occurrence,
      due_date: dueDateOf(series, occurrence),
      state: "to_come",
      record: null,
    }));
}

function describeRecord(record: Task): WireOccurrence {
  return {
    occurrence: record.occurrence ?? "",
    due_date: record.dueDate,
    state: stateOf(record),
    record: record.id,
  };
}

function stateOf(record: Task): OccurrenceState {
  if (record.completedAt === null) return "detached";
  if (isCancelled(record)) return "cancelled";
  return record.skipped ? "skipped" : "done";
}

function isIn({ from, to }: Span, occurrence: string | null): boolean {
  if (occurrence === null) return false;
  const day = dayOfOccurrence(occurrence);
  return day >= from && day <= to;
}
