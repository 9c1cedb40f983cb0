import { type Condition } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import { findWaiting, type Waiting } from "../../../domain/tree/dependencies.ts";
import { listUpwards } from "../../../domain/tree/effective-parents.ts";
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

const PENDING: Condition = { kind: "status", status: "pending" };
/** Completed tasks are shown under their parent while that is open. */
const CLOSED: Condition = { kind: "closed_subtask" };
const KEPT: Condition = { kind: "not", condition: { kind: "status", status: "deleted" } };

/**
 * The open tasks as a tree, each with its completed subtasks. Of those that meet the conditions only they and what is above them.
 * The counts of subtasks are those of all.
 */
export async function readTree(workspace: Workspace, where: readonly Condition[]): Promise<TaskTree> {
  const { store, user } = workspace;
  const [open, closed] = await Promise.all([
    store.find(user, { where: [PENDING] }),
    store.find(user, { where: [CLOSED, KEPT] }),
  ]);
  const { parents } = await findParents(workspace, [...open.tasks, ...closed.tasks]);
  const byId = new Map([...open.tasks, ...closed.tasks].map((task) => [task.id, task]));
  const standing = new Map(
    [...parents].filter(([, parent]) => parent !== null && byId.get(parent)?.completedAt === null),
  );
  const shown = [...open.tasks, ...closed.tasks.filter(({ id }) => standing.has(id))];
  const waiting = findWaiting(
    open.tasks.filter(({ dependsOn }) => dependsOn.length > 0).map(({ id }) => id),
    (id) => (byId.get(id)?.completedAt === null ? byId.get(id)?.dependsOn : undefined),
  );
  const found = await findIds(workspace, where);
  return {
    forest: buildForest(shown, standing, found && withAbove(found, standing)),
    waiting,
    completedParents: await findCompletedParents(workspace, open.tasks, standing),
    byId,
  };
}

/** The ids of the tasks that meet conditions beside being open, or undefined if there are none. */
async function findIds(
  { store, user }: Workspace,
  where: readonly Condition[],
): Promise<readonly string[] | undefined> {
  const others = where.filter((condition) => !isPending(condition));
  if (others.length === 0) return undefined;
  const pages = await Promise.all(
    [PENDING, CLOSED].map((state) => store.find(user, { where: [state, KEPT, ...others] })),
  );
  return pages.flatMap(({ tasks }) => tasks.map(({ id }) => id));
}

function isPending(condition: Condition): boolean {
  return condition.kind === "status" && condition.status === "pending";
}

function withAbove(ids: readonly string[], parents: ReadonlyMap<string, string | null>): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => listUpwards(id, parents)));
}

/** The completed parents of open tasks at the root. */
async function findCompletedParents(
  { store, user }: Workspace,
  open: readonly Task[],
  standing: ReadonlyMap<string, string | null>,
): Promise<Map<string, Task>> {
  const orphans = open.filter(({ id, parent }) => parent !== null && !standing.has(id));
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
