import type { Task } from "../domain/task/task.ts";
import { toWire } from "./task.ts";

export const MAX_PARSED_CHARACTERS = 4000;

/** One answer names as many words that are not understood, and reads no further. */
export const MAX_PARSE_ISSUES = 20;

/** The one mapper of what a task would be to its JSON, which a request for a new task takes. */
export function toWireParsed(task: Task, title: string | null) {
  const wire = toWire(task);
  return {
    title,
    due_date: wire.due_date,
    scheduled_date: wire.scheduled_date,
    wait_until: wire.wait_until,
    priority: wire.priority,
    project: wire.project,
    tags: wire.tags,
    parent: wire.parent,
    depends_on: wire.depends_on,
    recurrence: wire.recurrence,
    estimate_minutes: wire.estimate_minutes,
    reminders: wire.reminders,
  };
}
