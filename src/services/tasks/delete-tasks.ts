import type { Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { changeTasks, type Decision, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";
import type { Subtasks } from "./complete-tasks.ts";

/**
 * Deletes tasks, and with them those below if they are included. They stay as tombstones that `restoreTasks` can restore. What another
 * request has just deleted is not deleted again. Throws as `changeTasks` does.
 */
export async function deleteTasks(
  workspace: Workspace,
  find: FindTasks,
  requires?: Precondition,
  subtasks: Subtasks = "keep",
): Promise<Outcome> {
  const decide = (task: Task) => ({
    action: "delete" as const,
    fields: task.deletedAt === null ? { deleted_at: timestamp(workspace) } : {},
  });
  const change = { decide, requires, requiresUnchanged: true };
  if (subtasks === "keep") return changeTasks(workspace, find, change);
  const { changeTrees } = await import("./tree/change-trees.ts");
  return changeTrees(workspace, find, change, () => true);
}

/** Restores deleted tasks. Throws as `changeTasks` does. */
export function restoreTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = async (task: Task): Promise<Decision> => {
    const action = "restore";
    if (task.deletedAt === null) return { action, fields: {} };
    const fields = { deleted_at: null };
    if (task.series === null) return { action, fields };
    // What few tasks need is loaded only for them.
    const { passRestored } = await import("./series/pass-restored.ts");
    return { action, fields, others: await passRestored(workspace, task) };
  };
  return changeTasks(workspace, find, { decide, requires });
}
