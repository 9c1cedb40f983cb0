import { clockNode } from "../domain/task/clock.ts";
import { type Editable, FIELD_LIST, type FieldChange, type FIELDS, orderFields } from "../domain/task/fields.ts";
import { handleOf } from "../domain/task/handle.ts";
import { readValue } from "../domain/task/registers.ts";
import type { HistoryEntry } from "../ports/store.ts";
import type { Patch, Task } from "../domain/task/task.ts";

/** Each field that people write, by its name on the wire. */
export type WireFields = { [Name in keyof Editable as (typeof FIELDS)[Name]["key"]]-?: Task[Name] };

/** What every JSON of a task has. */
type WireFacts = WireFields & {
  id: string;
  handle: string;
  completed: boolean;
  completed_at: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
};

/** A task as a server answers it. `deleted_at` is there only if the task is deleted. */
export type WireTask = WireFacts & { deleted_at?: string };

/** A task as the command line prints it. All have the same members, so that a script need not ask which there are. */
export type PrintedTask = WireFacts & { deleted_at: string | null };

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

/** The mapper of a task to the JSON of a server. */
export function toWire(task: Task): WireTask {
  return { ...toFacts(task), ...(task.deletedAt !== null && { deleted_at: task.deletedAt }) };
}

/** The mapper of a task to the JSON of the command line. */
export function toPrinted(task: Task): PrintedTask {
  return { ...toFacts(task), deleted_at: task.deletedAt };
}

function toFacts(task: Task): WireFacts {
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
