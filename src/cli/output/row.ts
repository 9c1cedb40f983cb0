import { findDueState } from "../../domain/dates/due-groups.ts";
import { isHidden } from "../../domain/dates/waiting.ts";
import { isCancelled } from "../../domain/task/closing.ts";
import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import {
  describeDue,
  formatDue,
  formatDueBriefly,
  formatMoment,
  formatPastDay,
} from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Style } from "./paint.ts";

/** One task as the texts of its columns. `details` are until when it is hidden, how it repeats, project and tags. */
export type Row = {
  readonly task: Task;
  readonly handle: string;
  readonly when: string;
  readonly priority: string;
  readonly title: string;
  readonly details: string;
};

type RowLayout = { readonly system: System; readonly columns?: number | undefined };

/**
 * A task with the texts of its columns. `prefix` is its handle, as short as it may be, `repeats` how it repeats, and `when` what a
 * view says of its date.
 */
export function createRow(
  task: Task,
  prefix: string,
  { system, columns }: RowLayout,
  repeats = "",
  when = formatWhen(task, { system, columns }),
): Row {
  return {
    task,
    handle: prefix,
    when,
    priority: formatPriority(task, columns !== undefined),
    title: formatTitle(task),
    details: formatDetails(task, repeats, system),
  };
}

/** When a task was done, cancelled or deleted, else when it is due or planned for: in few columns on a terminal, and with whole dates in a pipe. */
export function formatWhen(task: Task, { system, columns }: RowLayout): string {
  return columns === undefined ? describeWhen(task, system) : formatWhenBriefly(task, system);
}

/** The title, what is said of a task that is worked on, and an asterisk, as at a footnote, if `todo show` has more to read. */
export function formatTitle({ title, description, notes, startedAt }: Task): string {
  const hasMore = description !== null || notes.length > 0;
  return `${escapeControls(title)}${startedAt === null ? "" : " (started)"}${hasMore ? " *" : ""}`;
}

function formatDetails(task: Task, repeats: string, system: System): string {
  const { project, tags } = task;
  const place = join([project ?? "", ...tags.map((tag) => `+${tag}`)], " ");
  return escapeControls(join([describeHiding(task, system), repeats, place], "  "));
}

function join(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== "").join(separator);
}

/** Until when lists hide an open task, if they do now. */
export function describeHiding(task: Task, system: System): string {
  const { waitUntil } = task;
  if (waitUntil === null || isOver(task) || !isHidden(waitUntil, system)) return "";
  return `hidden until ${formatDue(waitUntil, system)}`;
}

/** True if nothing of a task is left to do, so that it can't be overdue. */
export function isOver(task: Task): boolean {
  return task.completedAt !== null || task.deletedAt !== null;
}

export function styleOfTitle(task: Task): Style | undefined {
  return isOver(task) ? "strike" : undefined;
}

export function styleOfDate(task: Task, system: System): Style | undefined {
  if (isOver(task)) return "dim";
  if (task.dueDate === null) return undefined;
  return ({ overdue: "brightRed", today: "bold", later: undefined } as const)[findDueState(task.dueDate, system)];
}

/** A due date with what it means now, which it no longer does for a task that is done. */
export function describeDueDate(task: Task, due: string, system: System): string {
  return isOver(task) ? formatDue(due, system) : describeDue(due, system);
}

function formatWhenBriefly(task: Task, system: System): string {
  const { deletedAt, completedAt, dueDate, scheduledDate } = task;
  if (deletedAt !== null) return `deleted ${formatPastDay(deletedAt, system)}`;
  if (completedAt !== null) return `${nameClosing(task)} ${formatPastDay(completedAt, system)}`;
  if (dueDate !== null) return formatDueBriefly(dueDate, system);
  return scheduledDate === null ? "" : `planned ${formatDueBriefly(scheduledDate, system)}`;
}

function describeWhen(task: Task, system: System): string {
  const { deletedAt, completedAt, dueDate, scheduledDate } = task;
  if (deletedAt !== null) return `deleted ${formatMoment(deletedAt, system)}`;
  if (completedAt !== null) return `${nameClosing(task)} ${formatMoment(completedAt, system)}`;
  if (dueDate !== null) return describeDue(dueDate, system);
  return scheduledDate === null ? "" : `planned ${formatDue(scheduledDate, system)}`;
}

function nameClosing(task: Task): string {
  if (isCancelled(task)) return "cancelled";
  return task.skipped ? "skipped" : "done";
}

/** One letter on a terminal, where columns are dear, and the word that can be searched for in a pipe. */
export function formatPriority({ priority }: Task, isBrief: boolean): string {
  if (priority === null) return "";
  return isBrief ? priority.slice(0, 1).toUpperCase() : priority;
}
