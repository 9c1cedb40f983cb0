import { hasFields } from "../../domain/task/fields.ts";
import { noteFields } from "../../domain/task/notes.ts";
import type { Note, Task } from "../../domain/task/task.ts";
import type { Decision, OtherEdit } from "./change-tasks.ts";

/**
 * The decision to complete a task, with a note to it in the same commit. Of a task that repeats it is a note to the record of the
 * occurrence. What was done already gets the note alone.
 */
export function addNoteTo(decision: Decision, task: Task, note: Note): Decision {
  const { occurrence, others = [] } = decision;
  const action = others.length === 0 && !hasFields(decision) ? "note" : decision.action;
  const record = others.find(({ id }) => id === occurrence?.recordId) ?? toEdit(occurrence?.record);
  if (!record) return { ...decision, action, fields: { ...decision.fields, ...noteFields(task, note) } };
  const fields = { ...record.fields, ...noteFields(record.task ?? { handle: task.handle, notes: [] }, note) };
  return { ...decision, action, others: [{ ...record, fields }, ...others.filter(({ id }) => id !== record.id)] };
}

/** The edit of a record that is closed already. */
function toEdit(record: Task | undefined): OtherEdit | undefined {
  return record && { id: record.id, fields: {}, task: record };
}
