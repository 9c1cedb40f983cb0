import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { NameCount } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Tasks in one page. Only the orders by due date and by id have an index. Each page of another order reads and sorts
 * all.
 */
const PAGE_SIZE = 200;
const SORTED_PAGE_SIZE = 5000;

/** All tasks of a query in pages, so that a hundred thousand are never in memory at once. */
export async function* listPages(
  workspace: Workspace,
  query: TaskQuery,
  size = choosePageSize(query),
): AsyncGenerator<readonly Task[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let after = query.after;
  while (left > 0) {
    const limit = Math.min(left, size);
    const page = await workspace.store.find(workspace.user, { ...query, limit, ...(after && { after }) });
    if (page.tasks.length > 0) yield page.tasks;
    if (!page.next) return;
    after = page.next;
    left -= page.tasks.length;
  }
}

function choosePageSize({ sort, reverse }: TaskQuery): number {
  const hasIndex = sort === undefined || (sort === "due_date" && !reverse);
  return hasIndex ? PAGE_SIZE : SORTED_PAGE_SIZE;
}

/** The number of tasks that meet all conditions. */
export function countTasks({ store, user }: Workspace, where: readonly Condition[]): Promise<number> {
  return store.count(user, where);
}

/** Tags or projects with their numbers of open tasks, by name. */
export function countOpen({ store, user }: Workspace, kind: "tags" | "projects"): Promise<NameCount[]> {
  return store.countByName(user, kind);
}

/** Answers a function from a task's handle to its shortest unique prefix. */
export async function shortenHandles(
  { store, user }: Workspace,
  tasks: readonly Pick<Task, "handle">[],
): Promise<(task: Pick<Task, "handle">) => string> {
  const handles = tasks.map((task) => task.handle);
  const prefixes = await store.shortestPrefixes(user, handles);
  return ({ handle }) => prefixes.get(handle) ?? handle;
}
