import { closingFields } from "../../domain/task/closing.ts";
import type { Task } from "../../domain/task/task.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { changeTasks, type Decision, type FindTasks, type Outcome, type Precondition } from "./change-tasks.ts";

/** What happens to what is below the tasks that are completed or deleted: nothing, or the same. */
export type Subtasks = "keep" | "include";

/** Completes tasks, and with them the open ones below if they are included. Throws as `changeTasks` does. */
export async function completeTasks(
  workspace: Workspace,
  find: FindTasks,
  requires?: Precondition,
  subtasks: Subtasks = "keep",
): Promise<Outcome> {
  const change = { decide: (task: Task) => decideCompletion(workspace, task, true), requires };
  if (subtasks === "keep") return changeTasks(workspace, find, change);
  const { changeTrees } = await import("./tree/change-trees.ts");
  return changeTrees(workspace, find, change, (task) => task.completedAt === null);
}

/** Closes tasks without their being done, also those that were. Throws as `changeTasks` does. */
export function cancelTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task): Decision => ({
    action: "cancel",
    fields: closingFields(task, { cancelled: true }, timestamp(workspace)),
  });
  return changeTasks(workspace, find, { decide, requires });
}

/** Takes completions and cancellations back. Throws as `changeTasks` does. */
export function reopenTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  return changeTasks(workspace, find, { decide: (task) => decideCompletion(workspace, task, false), requires });
}

/** Completes open tasks, and reopens completed ones. Throws as `changeTasks` does. */
export function toggleTasks(workspace: Workspace, find: FindTasks, requires?: Precondition): Promise<Outcome> {
  const decide = (task: Task) => decideCompletion(workspace, task, task.completedAt === null);
  return changeTasks(workspace, find, { decide, requires, requiresUnchanged: true });
}

function decideCompletion(workspace: Workspace, task: Task, completed: boolean): Decision {
  const closing = completed ? { completed, cancelled: false } : { completed };
  const fields = closingFields(task, closing, timestamp(workspace));
  return { action: completed ? "complete" : "reopen", fields };
}
