import { PENDING } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { startFields } from "../../domain/task/time.ts";
import { timestamp, type Workspace } from "../workspace.ts";
import { changeTasks, type Decision, type FindTasks, type Outcome } from "./change-tasks.ts";
import { listPages } from "./list-tasks.ts";

/** Notes since when tasks are worked on. Throws as `changeTasks` does, and `invalid_input` for a completed task. */
export function startTasks(workspace: Workspace, find: FindTasks): Promise<Outcome> {
  return changeTasks(workspace, find, { decide: (task) => decideStart(workspace, task, true) });
}

/** Stops tasks, which counts the time since they were started. Throws as `changeTasks` does. */
export function stopTasks(workspace: Workspace, find: FindTasks): Promise<Outcome> {
  return changeTasks(workspace, find, { decide: (task) => decideStart(workspace, task, false) });
}

/** All open tasks that are worked on. */
export async function findStarted(workspace: Workspace): Promise<Task[]> {
  const where = [PENDING, { kind: "has", part: "startedAt" }] as const;
  return (await Array.fromAsync(listPages(workspace, { where }))).flat();
}

function decideStart(workspace: Workspace, task: Task, started: boolean): Decision {
  const fields = startFields(task, started, { now: timestamp(workspace), isClosed: task.completedAt !== null });
  return { action: started ? "start" : "stop", fields };
}
