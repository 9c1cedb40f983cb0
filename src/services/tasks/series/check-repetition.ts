import { TodoError } from "../../../domain/errors.ts";
import { PENDING } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import { checkDependencyEnds, checkRepeating, type LinkedTask } from "../../../domain/tree/check-move.ts";
import type { Workspace } from "../../workspace.ts";
import { toLinked } from "../tree/check-links.ts";
import { loadAbove, loadNamedBelow } from "../tree/load-family.ts";

/**
 * Refuses to let a task repeat that is an occurrence of another, is above or below one that repeats, or is waited for. Throws
 * `invalid_input`.
 */
export async function checkRepetition(workspace: Workspace, task: Task): Promise<void> {
  if (task.recurrence !== null) return;
  if (task.series !== null) {
    throw new TodoError("invalid_input", `task ${task.handle} is an occurrence of one that repeats`, {
      hints: ["Change how that one repeats, or add another task."],
      issues: [{ path: "recurrence", message: "an occurrence of a task that repeats can't repeat by itself" }],
    });
  }
  const repeating: LinkedTask = { id: task.id, title: task.title, isRepeating: true };
  checkRepeating([repeating, ...(await loadAbove(workspace, [task])).map(toLinked)], "recurrence");
  for (const below of await loadNamedBelow(workspace, [task]))
    checkRepeating([toLinked(below), repeating], "recurrence");
  for (const waiting of await findWaiting(workspace, task))
    checkDependencyEnds(toLinked(waiting), [repeating], "recurrence");
}

async function findWaiting({ store, user }: Workspace, { id }: Task): Promise<readonly Task[]> {
  const { tasks } = await store.find(user, { where: [PENDING, { kind: "waits_for", id }] });
  return tasks;
}
