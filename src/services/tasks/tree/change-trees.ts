import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { type Change, changeTasks, type FindTasks, type Outcome } from "../change-tasks.ts";
import { loadBelow } from "./load-family.ts";

/**
 * The same change of tasks and of what is below them, in one commit, so that one undo takes all of it back. Those below are in
 * `alsoChanged`; `includes` says which of them change. Only the named ones have to meet what the change requires.
 */
export async function changeTrees(
  workspace: Workspace,
  find: FindTasks,
  change: Change,
  includes: (task: Task) => boolean,
): Promise<Outcome> {
  const { requires } = change;
  let named: ReadonlySet<string> = new Set();
  const isNamed = ({ id }: Task) => named.has(id);
  const findAll = async () => {
    const tasks = await find();
    named = new Set(tasks.map(({ id }) => id));
    return [...tasks, ...(await loadBelow(workspace, tasks)).filter(includes)];
  };
  const outcome = await changeTasks(workspace, findAll, {
    ...change,
    requires: requires && ((task) => (isNamed(task) ? requires(task) : undefined)),
    requiresUnchanged: true,
  });
  const { changed, unchanged } = outcome;
  return {
    ...outcome,
    changed: changed.filter(isNamed),
    unchanged: unchanged.filter(isNamed),
    alsoChanged: changed.filter((task) => !isNamed(task)),
  };
}
