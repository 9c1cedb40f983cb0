import { type Condition, KEPT, PENDING } from "../../../domain/query/query.ts";
import { isHiddenAt } from "../../../domain/dates/waiting.ts";
import type { Task } from "../../../domain/task/task.ts";
import { findWaiting, type Waiting } from "../../../domain/tree/dependencies.ts";
import { buildForest, type TreeItem } from "../../../domain/tree/tree.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";

/** Tasks as a tree, and what a line of it says beside the task. */
export type TaskTree = {
  readonly forest: readonly TreeItem<Task>[];
  /** What holds up an open task, by its id. */
  readonly waiting: ReadonlyMap<string, Waiting>;
  /** The completed parent of an open task, which stands at the root instead, by the id of the task. */
  readonly completedParents: ReadonlyMap<string, Task>;
  /** The tasks by id, also those that a filter leaves out. */
  readonly byId: ReadonlyMap<string, Task>;
};

/** Completed tasks are shown under their parent while that is open. */
const CLOSED: Condition = { kind: "closed_subtask" };

/**
 * The open tasks as a tree, each with its completed subtasks. Of those that meet the conditions only they and what is above them.
 * The counts of subtasks are those of all.
 */
export async function readTree(workspace: Workspace, where: readonly Condition[]): Promise<TaskTree> {
  const { store, user } = workspace;
  const [{ tasks: open }, { tasks: closed }] = await Promise.all([
    store.find(user, { where: [PENDING] }),
    store.find(user, { where: [CLOSED, KEPT] }),
  ]);
  const byId = new Map<string, Task>();
  for (const task of open) byId.set(task.id, task);
  for (const task of closed) byId.set(task.id, task);
  const ids = await findIds(workspace, where, open, closed);
  const grow = (parentOf: ParentOf) => {
    const openParentOf: ParentOf = (task) => {
      const parent = parentOf(task);
      return parent !== null && isOpen(byId.get(parent)) ? parent : null;
    };
    const tasks = closed.length === 0 ? open : [...open, ...closed.filter((task) => openParentOf(task) !== null)];
    const forest = buildForest(tasks, openParentOf, ids && withAbove(ids, byId, openParentOf));
    if (forest === undefined) return undefined;
    const orphans = open.filter((task) => parentOf(task) !== null && openParentOf(task) === null);
    return { forest, orphans };
  };
  // A ring may also go through a completed task, which is nobody's parent here.
  const simple = climbInRing(closed, byId) ? undefined : grow(({ parent }) => parent);
  const { forest, orphans } = simple ?? grow(await findParentsAfterCuts(workspace, byId)) ?? refuseRing();
  return {
    forest,
    waiting: readWaiting(open, byId),
    completedParents: await findCompletedParents(workspace, orphans),
    byId,
  };
}

/** The id of the task under which a task stands, whether or not that is there. null for the root. */
type ParentOf = (task: Task) => string | null;

function refuseRing(): never {
  throw new Error("a tree without rings has a ring");
}

function isOpen(task: Task | undefined): boolean {
  return task !== undefined && task.completedAt === null;
}

/** Whether the way up from one of these tasks goes round in a ring. */
function climbInRing(tasks: readonly Task[], byId: ReadonlyMap<string, Task>): boolean {
  const ended = new Set<string>();
  for (const start of tasks) {
    const path = new Set<string>();
    let task: Task | undefined = start;
    while (task !== undefined && !ended.has(task.id)) {
      if (path.has(task.id)) return true;
      path.add(task.id);
      task = task.parent === null ? undefined : byId.get(task.parent);
    }
    for (const id of path) ended.add(id);
  }
  return false;
}

async function findParentsAfterCuts(workspace: Workspace, byId: ReadonlyMap<string, Task>): Promise<ParentOf> {
  const { cut } = await findParents(workspace, [...byId.values()]);
  return ({ id, parent }) => (cut.has(id) ? null : parent);
}

function readWaiting(open: readonly Task[], byId: ReadonlyMap<string, Task>): ReadonlyMap<string, Waiting> {
  const linked = open.filter(({ dependsOn }) => dependsOn.length > 0).map(({ id }) => id);
  return findWaiting(linked, (id) => (isOpen(byId.get(id)) ? byId.get(id)?.dependsOn : undefined));
}

/** The ids of the tasks that meet conditions beside being open, or undefined if all do. */
async function findIds(
  { store, user }: Workspace,
  where: readonly Condition[],
  open: readonly Task[],
  closed: readonly Task[],
): Promise<readonly string[] | undefined> {
  const others = where.filter((condition) => !isPending(condition));
  const [only, another] = others;
  if (only === undefined) return undefined;
  // What every tree leaves out is found without reading all tasks once more.
  if (another === undefined && only.kind === "not" && only.condition.kind === "waiting") {
    const { now } = only.condition;
    const shown = open.filter(({ waitUntil }) => waitUntil === null || !isHiddenAt(waitUntil, now));
    return shown.length === open.length ? undefined : [...shown, ...closed].map(({ id }) => id);
  }
  const pages = await Promise.all(
    [PENDING, CLOSED].map((state) => store.find(user, { where: [state, KEPT, ...others] })),
  );
  return pages.flatMap(({ tasks }) => tasks.map(({ id }) => id));
}

function isPending(condition: Condition): boolean {
  return condition.kind === "status" && condition.status === "pending";
}

function withAbove(ids: readonly string[], byId: ReadonlyMap<string, Task>, parentOf: ParentOf): ReadonlySet<string> {
  const all = new Set<string>();
  for (const start of ids) {
    let task = byId.get(start);
    while (task !== undefined && !all.has(task.id)) {
      all.add(task.id);
      task = byId.get(parentOf(task) ?? "");
    }
  }
  return all;
}

/** The completed parents of tasks that stand at the root because of that. */
async function findCompletedParents({ store, user }: Workspace, orphans: readonly Task[]): Promise<Map<string, Task>> {
  if (orphans.length === 0) return new Map();
  const named = await store.get(user, [...new Set(orphans.flatMap(({ parent }) => parent ?? []))]);
  const completed = new Map(
    named.filter((task) => task.completedAt !== null && task.deletedAt === null).map((task) => [task.id, task]),
  );
  return new Map(
    orphans.flatMap(({ id, parent }) => {
      const above = completed.get(parent ?? "");
      return above ? [[id, above] as const] : [];
    }),
  );
}
