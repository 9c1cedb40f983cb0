import { KEPT } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { listPages } from "../list-tasks.ts";
import { findParents } from "./find-parents.ts";

/** Whether the task holds up those that wait for it. */
export function isOpen({ completedAt, deletedAt }: Task): boolean {
  return completedAt === null && deletedAt === null;
}

/** The tasks that name one of these as their parent. Deleted ones are left out. */
export async function findChildren(workspace: Workspace, parents: readonly string[]): Promise<readonly Task[]> {
  const children: Task[] = [];
  const query = { where: [{ kind: "child_of", parents }, KEPT] } as const;
  for await (const page of listPages(workspace, query, MAX_PAGE_TASKS)) children.push(...page);
  return children;
}

/** There can be so many that a server would answer nobody else while it reads them. Each page looks at all of them. */
const MAX_PAGE_TASKS = 5000;

/**
 * More levels than this are not looked at. Commands make far fewer, and of what other programs bring each level is a read, in which a
 * server answers nobody else.
 */
export const MAX_LEVELS = 200;

/** All that these tasks name as parents, and so on upwards. Deleted ones are among them, and those of a ring. */
export async function loadAbove({ store, user }: Workspace, tasks: readonly Task[]): Promise<readonly Task[]> {
  const asked = new Set(tasks.map(({ id }) => id));
  const above: Task[] = [];
  let level = tasks;
  for (let levels = 0; level.length > 0 && levels < MAX_LEVELS; levels += 1) {
    const wanted = new Set(level.flatMap(({ parent }) => (parent === null || asked.has(parent) ? [] : [parent])));
    level = wanted.size === 0 ? [] : await store.get(user, [...wanted]);
    for (const id of wanted) asked.add(id);
    above.push(...level);
  }
  return above;
}

/** All tasks that stand below these, level by level. Deleted ones are left out, and so is what only a ring puts there. */
export async function loadBelow(workspace: Workspace, tasks: readonly Task[]): Promise<readonly Task[]> {
  const below = await loadNamedBelow(workspace, tasks);
  if (below.length === 0) return below;
  const { parents } = await findParents(workspace, [...tasks, ...below]);
  const standing = new Set(tasks.map(({ id }) => id));
  const stands = ({ id }: Task) => standing.has(parents.get(id) ?? "");
  // Each comes behind the one that it names, so what is above it is decided already.
  for (const task of below) if (stands(task)) standing.add(task.id);
  return below.filter(stands);
}

/** The same with what a ring puts there. */
export async function loadNamedBelow(workspace: Workspace, tasks: readonly Task[]): Promise<readonly Task[]> {
  const known = new Set(tasks.map(({ id }) => id));
  const below: Task[] = [];
  let level = tasks;
  for (let levels = 0; level.length > 0 && levels < MAX_LEVELS; levels += 1) {
    const children = await findChildren(
      workspace,
      level.map(({ id }) => id),
    );
    level = children.filter(({ id }) => !known.has(id));
    for (const { id } of level) known.add(id);
    below.push(...level);
  }
  return below;
}
