import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import type { NameCount } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";

/** Tasks in one page. The order by due date and that by id have an index; each page of another one reads and sorts all. */
const PAGE_SIZE = 200;
const SORTED_PAGE_SIZE = 5000;

/** All tasks of a query in pages, so that a hundred thousand never are in memory at once. */
export async function* listPages(workspace: Workspace, query: TaskQuery): AsyncGenerator<readonly Task[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let after = query.after;
  const hasIndex = query.sort === undefined || (query.sort === "due_date" && !query.reverse);
  const size = hasIndex ? PAGE_SIZE : SORTED_PAGE_SIZE;
  while (left > 0) {
    const limit = Math.min(left, size);
    const page = await workspace.store.find(workspace.user, { ...query, limit, ...(after && { after }) });
    if (page.tasks.length > 0) yield page.tasks;
    if (!page.next) return;
    after = page.next;
    left -= page.tasks.length;
  }
}

/** How many tasks meet all the conditions. */
export function countTasks({ store, user }: Workspace, where: readonly Condition[]): Promise<number> {
  return store.count(user, where);
}

/** Tags or projects with how many open tasks have them, by name. */
export function countOpen({ store, user }: Workspace, kind: "tags" | "projects"): Promise<NameCount[]> {
  return store.countByName(user, kind);
}

/** Answers a function that says the shortest unique prefix of the handle of each of these tasks. */
export async function shortenHandles(
  { store, user }: Workspace,
  tasks: readonly Task[],
): Promise<(task: Task) => string> {
  const handles = tasks.map((task) => task.handle);
  const prefixes = await store.shortestPrefixes(user, handles);
  return ({ handle }) => prefixes.get(handle) ?? handle;
}
