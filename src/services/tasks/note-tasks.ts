import { noteFields, removedNoteFields } from "../../domain/task/notes.ts";
import type { Note, Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { changeTasks, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/** Adds a note to tasks, or changes its text where they have it. Throws as `changeTasks` does, and `invalid_input`. */
export function addNote(workspace: Workspace, find: FindTasks, note: Note, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task) => ({
    action: "note" as const,
    fields: noteFields(task, note),
  });
  // The number of notes is limited.
  return changeTasks(workspace, find, { decide, requires, requiresUnchanged: true });
}

/** Removes a note from tasks. Throws as `changeTasks` does. */
export function removeNote(
  workspace: Workspace,
  find: FindTasks,
  id: string,
  requires?: Precondition,
): Promise<Outcome> {
  const decide = (task: Task) => ({
    action: "note" as const,
    fields: removedNoteFields(task, id),
  });
  return changeTasks(workspace, find, { decide, requires });
}
