import type { Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { changeTasks, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/**
 * Deletes tasks. They stay as tombstones that `restoreTasks` can restore. What another request has just deleted is not deleted
 * again. Throws as `changeTasks` does.
 */
export function deleteTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task) => ({
    action: "delete" as const,
    fields: task.deletedAt === null ? { deleted_at: timestamp(workspace) } : {},
  });
  return changeTasks(workspace, find, { decide, requires, requiresUnchanged: true });
}

/** Restores deleted tasks. Throws as `changeTasks` does. */
export function restoreTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task) => ({
    action: "restore" as const,
    fields: task.deletedAt === null ? {} : { deleted_at: null },
  });
  return changeTasks(workspace, find, { decide, requires });
}
