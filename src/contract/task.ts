import { clockNode } from "../domain/task/clock.ts";
import { orderFields } from "../domain/task/fields.ts";
import { handleOf } from "../domain/task/handle.ts";
import { readValue, type Scalar } from "../domain/task/registers.ts";
import type { HistoryEntry } from "../ports/store.ts";
import type { Patch, Priority, Task } from "../domain/task/task.ts";

/** A task as it leaves the process, everywhere the same. `deleted_at` is there only when the task is deleted. */
export type WireTask = {
  id: string;
  handle: string;
  title: string;
  description: string | null;
  completed: boolean;
  completed_at: string | null;
  due_date: string | null;
  priority: "high" | "medium" | "low" | null;
  project: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  deleted_at?: string;
};

/** What can be written of a task, as it comes into the process. */
type WireChanges = {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly due_date?: string | null | undefined;
  readonly priority?: Priority | null | undefined;
  readonly project?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
};

/** One entry of the log as it leaves the process. */
export type WireLogEntry = {
  at: string;
  action: string;
  device: string;
  id: string;
  handle: string;
  changes: { field: string; before: Scalar; after: Scalar }[];
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
    ...(task.deletedAt !== null && { deleted_at: task.deletedAt }),
  };
}

/** The one mapper of JSON to changes: what is absent stays absent, null clears. */
export function fromWire({ title, description, due_date: dueDate, priority, project, tags }: WireChanges): Patch {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(dueDate !== undefined && { dueDate }),
    ...(priority !== undefined && { priority }),
    ...(project !== undefined && { project }),
    ...(tags !== undefined && { tags: tags ?? [] }),
  };
}

/** The one mapper of a log entry to its JSON. `device` is the node that made the change, of several the latest. */
export function toWireLogEntry(entry: HistoryEntry): WireLogEntry {
  return {
    at: new Date(entry.at).toISOString(),
    action: entry.action,
    // What came from elsewhere has the clocks of where it was made.
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
