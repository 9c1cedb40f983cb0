import { type Condition, PENDING } from "../../../domain/query/query.ts";
import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { findParents } from "./find-parents.ts";
import { findChildren, loadAbove } from "./load-family.ts";

const OPEN_ROOTS: readonly Condition[] = [PENDING, { kind: "root" }];

/**
 * The tasks under a parent, also completed ones, or the open ones at the root. `beside` are those next to which others are placed:
 * they count where they stand, even if they would not be listed.
 */
export async function findSiblings(
  workspace: Workspace,
  parent: string | null,
  beside: readonly Task[],
): Promise<readonly Task[]> {
  const named = parent === null ? await findOpenRoots(workspace) : await findChildren(workspace, [parent]);
  const candidates = new Map([...named, ...beside].map((task) => [task.id, task]));
  const tasks = [...candidates.values()];
  const { parents } = await findParents(workspace, [...tasks, ...(await loadAbove(workspace, tasks))]);
  return tasks.filter(({ id }) => (parents.get(id) ?? null) === parent);
}

async function findOpenRoots({ store, user }: Workspace): Promise<readonly Task[]> {
  const { tasks } = await store.find(user, { where: OPEN_ROOTS });
  return tasks;
}
