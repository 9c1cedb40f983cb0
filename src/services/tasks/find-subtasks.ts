import { KEPT } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import type { FindTasks } from "./change-tasks.ts";

/** All tasks below these, or none. Most tasks have no children, which one look at an index tells. */
export async function findSubtasks(workspace: Workspace, tasks: readonly Task[]): Promise<readonly Task[]> {
  const { store, user } = workspace;
  const parents = tasks.map(({ id }) => id);
  const { tasks: children } = await store.find(user, { where: [{ kind: "child_of", parents }, KEPT], limit: 1 });
  if (children.length === 0) return [];
  const { loadBelow } = await import("./tree/load-family.ts");
  return loadBelow(workspace, tasks);
}

/** The tasks, and how to find them for a change: they are read again only if something came in between. */
export async function findOnce(
  find: FindTasks,
): Promise<{ readonly tasks: readonly Task[]; readonly find: FindTasks }> {
  const tasks = await find();
  return { tasks, find: findFirst(tasks, find) };
}

/** Answers these tasks at first, and what `find` answers when it is asked again. */
export function findFirst(tasks: readonly Task[], find: FindTasks): FindTasks {
  let isFirst = true;
  return () => {
    const found = isFirst ? Promise.resolve(tasks) : find();
    isFirst = false;
    return found;
  };
}
