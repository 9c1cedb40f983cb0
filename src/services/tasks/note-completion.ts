import { noteFields } from "../../domain/task/notes.ts";
import type { Note, Task } from "../../domain/task/task.ts";
import type { Decision } from "./change-tasks.ts";

/**
 * The decision to complete a task, with a note to it in the same commit. Of a task that repeats it is a note to the record of the
 * occurrence. What was done already gets the note alone.
 */
export function addNoteTo(decision: Decision, task: Task, note: Note): Decision {
  const { occurrence, others = [] } = decision;
  const record = others.find(({ id }) => id === occurrence?.recordId);
  if (!record) {
    const isDone = Object.keys(decision.fields).length === 0 && others.length === 0;
    const fields = { ...decision.fields, ...noteFields(task, note) };
    return { ...decision, action: isDone ? "note" : decision.action, fields };
  }
  const noted = { ...record.fields, ...noteFields(record.task ?? { handle: task.handle, notes: [] }, note) };
  return { ...decision, others: others.map((each) => (each === record ? { ...each, fields: noted } : each)) };
}
