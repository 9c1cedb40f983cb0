import { formatDuration } from "../../domain/dates/duration.ts";
import { isCancelled } from "../../domain/task/closing.ts";
import { handleOfNamed } from "../../domain/task/handle.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { describeDueDate, formatPriority, formatTitle, isOver } from "./row.ts";
import { formatDue, formatDueBriefly, formatMoment, formatPastDay } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import { loadRepetition } from "./list-lines.ts";
import type { TaskOutput } from "./output.ts";
import type { ColumnName } from "./task-columns.ts";

/** What texts of tasks are made with. Brief ones are for terminals, with dates such as `tomorrow`. */
export type CellSource = {
  readonly system: System;
  readonly isBrief: boolean;
  readonly shorten: (handle: string) => string;
  readonly describeRepetition: (task: Task) => string;
};

/** Makes one line of text of a task, without anything that a terminal would obey. */
export type MakeCell = (task: Task, source: CellSource) => string;

/** The text of each column. */
export const CELLS: Readonly<Record<ColumnName, MakeCell>> = {
  handle: ({ handle }, { shorten }) => shorten(handle),
  due: (task, source) => (task.dueDate === null ? "" : formatDueCell(task, task.dueDate, source)),
  priority: (task, { isBrief }) => formatPriority(task, isBrief),
  title: formatTitle,
  project: ({ project }) => escapeControls(project ?? ""),
  tags: ({ tags }) => escapeControls(tags.map((tag) => `+${tag}`).join(" ")),
  scheduled: ({ scheduledDate }, source) => formatDate(scheduledDate, source),
  wait: ({ waitUntil }, source) => formatDate(waitUntil, source),
  repeats: (task, { describeRepetition }) => describeRepetition(task),
  estimate: ({ estimateMinutes }) => (estimateMinutes === null ? "" : formatDuration(estimateMinutes)),
  created: ({ createdAt }, source) => formatPast(createdAt, source),
  updated: ({ updatedAt }, source) => formatPast(updatedAt, source),
  completed: ({ completedAt }, source) => formatPast(completedAt, source),
  parent: ({ parent }, { shorten }) => (parent === null ? "" : escapeControls(shorten(handleOfNamed(parent)))),
  status: nameStatus,
  notes: ({ notes }) => (notes.length === 0 ? "" : String(notes.length)),
  id: ({ id }) => id,
};

/** What makes the texts of these tasks. Handles are as short as all tasks of the user allow. */
export async function loadCellSource(
  { io: { system }, workspace }: TaskOutput,
  tasks: readonly Task[],
  isBrief: boolean,
): Promise<CellSource> {
  const parents = tasks.flatMap(({ parent }) => (parent === null ? [] : [{ handle: handleOfNamed(parent) }]));
  const shorten = await shortenHandles(await workspace(), [...tasks, ...parents]);
  const describeRepetition = await loadRepetition(tasks);
  return { system, isBrief, shorten: (handle) => shorten({ handle }), describeRepetition };
}

/** What is over is not overdue, so its day says no more than which one it was. */
function formatDueCell(task: Task, due: string, { system, isBrief }: CellSource): string {
  if (!isBrief) return describeDueDate(task, due, system);
  return isOver(task) ? formatPastDay(due, system) : formatDueBriefly(due, system);
}

function formatDate(date: string | null, { system, isBrief }: CellSource): string {
  if (date === null) return "";
  return isBrief ? formatDueBriefly(date, system) : formatDue(date, system);
}

function formatPast(moment: string | null, { system, isBrief }: CellSource): string {
  if (moment === null) return "";
  return isBrief ? formatPastDay(moment, system) : formatMoment(moment, system);
}

function nameStatus(task: Task): string {
  if (task.deletedAt !== null) return "deleted";
  if (task.completedAt === null) return "pending";
  if (isCancelled(task)) return "cancelled";
  return task.skipped ? "skipped" : "completed";
}
