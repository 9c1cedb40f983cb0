import { clockNode } from "../domain/task/clock.ts";
import { type Editable, FIELD_LIST, type FieldChange, type FIELDS, orderFields } from "../domain/task/fields.ts";
import { handleOf } from "../domain/task/handle.ts";
import { readValue } from "../domain/task/registers.ts";
import type { HistoryEntry } from "../ports/store.ts";
import type { Patch, Task } from "../domain/task/task.ts";

/** Each field that people write, by its name on the wire. */
export type WireFields = { [Name in keyof Editable as (typeof FIELDS)[Name]["key"]]-?: Task[Name] };

/** A task as it leaves the process, everywhere the same. All have the same members, so nobody need ask which there are. */
export type WireTask = WireFields & {
  id: string;
  handle: string;
  completed: boolean;
  completed_at: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
};

/** The writable fields of a task, as they come into the process. */
type WireChanges = {
  readonly [Name in keyof WireFields]?: WireFields[Name] | undefined;
} & { readonly tags?: readonly string[] | null | undefined };

/** One entry of the log as it leaves the process. */
export type WireLogEntry = {
  at: string;
  action: string;
  device: string;
  id: string;
  handle: string;
  changes: FieldChange[];
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
    due_date: task.dueDate,
    priority: task.priority,
    project: task.project,
    tags: [...task.tags],
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    deleted_at: task.deletedAt,
  };
}

/** The one mapper of JSON to changes: an absent field stays absent, null clears. */
export function fromWire(changes: WireChanges): Patch {
  const given = FIELD_LIST.flatMap(({ name, key }) => {
    const value = changes[key];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), ...(changes.tags !== undefined && { tags: changes.tags ?? [] }) };
}

/**
 * The one mapper of a log entry to its JSON. `device` is the node that made the change, or the latest if there are
 * several.
 */
export function toWireLogEntry(entry: HistoryEntry): WireLogEntry {
  return {
    at: new Date(entry.at).toISOString(),
    action: entry.action,
    // Registers from elsewhere carry the clocks of the device that made them.
    device: clockNode(Object.values(entry.after).toSorted().at(-1) ?? entry.clock),
    id: entry.id,
    handle: handleOf(entry.id),
    changes: orderFields(Object.keys(entry.after)).map((field) => ({
      field,
      before: readValue(entry.before[field]),
      after: readValue(entry.after[field]),
    })),
  };
}
