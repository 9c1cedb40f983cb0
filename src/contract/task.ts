import { isCancelled } from "../domain/task/closing.ts";
import { type Editable, FIELD_LIST, type FIELDS } from "../domain/task/fields.ts";
import type { Patch, Task } from "../domain/task/task.ts";
import { countTrackedMinutes, timeOfId } from "../domain/task/time.ts";
import type { Repetition } from "../domain/recurrence/plan.ts";
import { toRepetition, toWireRecurrence, type WireRecurrence, type WireRepetition } from "./recurrence.ts";

/** Each field that people write, by its name on the wire. How a task repeats is an object there. */
export type WireFields = {
  [Name in Exclude<keyof Editable, "recurrence"> as (typeof FIELDS)[Name]["wire"]]-?: Task[Name];
};

/** A note as it leaves the process. */
export type WireNote = { id: string; at: string; text: string };

/** A task as it leaves the process, everywhere the same. All have the same members, so nobody need ask which there are. */
export type WireTask = WireFields & {
  id: string;
  handle: string;
  completed: boolean;
  completed_at: string | null;
  cancelled: boolean;
  tags: string[];
  depends_on: string[];
  recurrence: WireRecurrence | null;
  occurrence: string | null;
  series: string | null;
  skipped: boolean;
  started_at: string | null;
  tracked_minutes: number;
  notes: WireNote[];
  reminders: string[];
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
};

/** The writable fields of a task, as they come into the process. */
type WireChanges = {
  readonly [Name in keyof WireFields]?: WireFields[Name] | undefined;
} & { readonly [Name in "tags" | "depends_on" | "reminders"]?: readonly string[] | null | undefined } & {
  readonly recurrence?: WireRepetition | null | undefined;
};

/** The one mapper of a task to its JSON. */
export function toWire(task: Task): WireTask {
  return {
    id: task.id,
    handle: task.handle,
    title: task.title,
    description: task.description,
    completed: task.completedAt !== null,
    completed_at: task.completedAt,
    cancelled: isCancelled(task),
    due_date: task.dueDate,
    scheduled_date: task.scheduledDate,
    wait_until: task.waitUntil,
    priority: task.priority,
    project: task.project,
    tags: [...task.tags],
    parent: task.parent,
    rank: task.rank,
    depends_on: [...task.dependsOn],
    recurrence: task.recurrence === null ? null : toWireRecurrence(task.recurrence),
    occurrence: task.occurrence,
    series: task.series,
    skipped: task.skipped,
    estimate_minutes: task.estimateMinutes,
    started_at: task.startedAt,
    tracked_minutes: countTrackedMinutes(task),
    notes: task.notes.map(({ id, text }) => ({ id, at: timeOfId(id), text })),
    reminders: [...task.reminders],
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    deleted_at: task.deletedAt,
  };
}

/** The one mapper of JSON to changes: an absent field stays absent, null clears. */
export function fromWire(changes: WireChanges): Patch & { readonly every?: Repetition | null } {
  const given = FIELD_LIST.flatMap(({ name, wire }) => {
    const value = wire === "recurrence" ? undefined : changes[wire];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { tags, depends_on: dependsOn, reminders, recurrence } = changes;
  return {
    ...Object.fromEntries(given),
    ...(recurrence !== undefined && { every: recurrence && toRepetition(recurrence) }),
    ...(tags !== undefined && { tags: tags ?? [] }),
    ...(dependsOn !== undefined && { dependsOn: dependsOn ?? [] }),
    ...(reminders !== undefined && { reminders: reminders ?? [] }),
  };
}
