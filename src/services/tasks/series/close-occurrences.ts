import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { changeTasks, type FindTasks, type Outcome, type Precondition } from "../change-tasks.ts";
import { concernsOccurrence, decideOccurrence, type OccurrenceRequest } from "./close-occurrence.ts";
import { notRepeating } from "./complete-series.ts";

/**
 * Passes over an occurrence of tasks that repeat, or makes it a task of its own. Throws as `changeTasks` does, and
 * `invalid_input` for a task that does not repeat and an occurrence that there is not.
 */
export function closeOccurrences(
  workspace: Workspace,
  find: FindTasks,
  request: OccurrenceRequest,
  requires?: Precondition,
): Promise<Outcome> {
  const decide = async (task: Task) => {
    if (!(await concernsOccurrence(workspace, task, request))) throw notRepeating(task);
    return decideOccurrence(workspace, task, request);
  };
  return changeTasks(workspace, find, { decide, requires });
}
