import { readSeries } from "../../../domain/recurrence/series.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import type { OtherEdit } from "../change-tasks.ts";
import { decideOccurrence, isOpenSeries, type OccurrenceAction } from "./close-occurrence.ts";

/** A record that comes back closes its occurrence again: a task that had returned to it goes on to the next one. */
export async function passRestored(workspace: Workspace, record: Task): Promise<OtherEdit[]> {
  const { store, user } = workspace;
  const [series] = record.series === null ? [] : await store.get(user, [record.series]);
  if (!series || !isAt(series, record.occurrence)) return [];
  const request = { action: actionOf(record), occurrence: series.occurrence ?? undefined };
  const { fields, others = [] } = await decideOccurrence(workspace, series, request);
  return [{ id: series.id, fields, task: series }, ...others.filter(({ id }) => id !== record.id)];
}

function isAt(series: Task, occurrence: string | null): boolean {
  const { recurrence, deletedAt } = series;
  const isReadable = recurrence !== null && readSeries(recurrence) !== null;
  return isReadable && deletedAt === null && isOpenSeries(series) && series.occurrence === occurrence;
}

function actionOf({ completedAt, skipped }: Task): OccurrenceAction {
  if (completedAt === null) return "detach";
  return skipped ? "skip" : "complete";
}
