import type { Workspace } from "../../workspace.ts";
import type { Outcome } from "../change-tasks.ts";
import { cancelTasks, completeTasks, reopenTasks, type Subtasks } from "../complete-tasks.ts";
import { deleteTasks } from "../delete-tasks.ts";
import { editTasks, type TaskEdit } from "../edit-tasks.ts";
import { closeOccurrences } from "../series/close-occurrences.ts";
import type { Matches } from "./find-matches.ts";

/** What becomes of all tasks that a filter found. */
export type BulkChange =
  | { readonly kind: "edit"; readonly edit: TaskEdit }
  | { readonly kind: "complete" | "delete"; readonly subtasks: Subtasks }
  | { readonly kind: "reopen" | "cancel" | "skip" };

/** Changes what a filter found, in one commit. Throws as `changeTasks` does, and what `find` of the matches throws. */
export function changeMatches(
  workspace: Workspace,
  { find, requires, keepsClosed }: Matches,
  change: BulkChange,
): Promise<Outcome> {
  switch (change.kind) {
    case "edit":
      return editTasks(workspace, find, change.edit, requires);
    case "complete":
      return completeTasks(workspace, find, requires, { subtasks: change.subtasks, keepsClosed });
    case "delete":
      return deleteTasks(workspace, find, requires, change.subtasks);
    case "reopen":
      return reopenTasks(workspace, find, requires);
    case "cancel":
      return cancelTasks(workspace, find, requires);
    case "skip":
      return closeOccurrences(workspace, find, { action: "skip" }, requires);
  }
}
