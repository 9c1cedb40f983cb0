import { patchFields } from "../../../domain/task/fields.ts";
import type { Patch, Task } from "../../../domain/task/task.ts";
import { listUpwards } from "../../../domain/tree/effective-parents.ts";
import type { Workspace } from "../../workspace.ts";
import { type Change, changeTasks, type Decision, type FindTasks, type Outcome } from "../change-tasks.ts";
import { checkNewDependencies, checkNewParent, requireParent } from "./check-links.ts";
import { findParents } from "./find-parents.ts";
import { loadBelow } from "./load-family.ts";

/**
 * Changes tasks by a patch that concerns their place, their dependencies or their project: it is checked against the rules of the
 * tree, and those below that are in the same project follow. They are in `alsoChanged`. Throws as `changeTasks` does.
 */
export async function editInTree(
  workspace: Workspace,
  find: FindTasks,
  patch: Patch,
  { decide, requires }: Change,
): Promise<Outcome> {
  let followers: ReadonlySet<string> = new Set();
  const isFollower = ({ id }: Task) => followers.has(id);
  const findAll = async () => {
    const tasks = await find();
    await checkLinks(workspace, tasks, patch);
    const following = await findFollowers(workspace, tasks, patch);
    followers = new Set(following.map(({ id }) => id));
    return [...tasks, ...following];
  };
  const follow = (task: Task): Decision => ({
    action: "edit",
    fields: patchFields(task, { project: patch.project ?? null }),
  });
  const outcome = await changeTasks(workspace, findAll, {
    decide: async (task, tasks) =>
      isFollower(task) ? follow(task) : decideNamed(task, patch, await decide(task, tasks)),
    requires: requires && ((task) => (isFollower(task) ? undefined : requires(task))),
    requiresUnchanged: true,
  });
  const { changed } = outcome;
  return {
    ...outcome,
    changed: changed.filter((task) => !isFollower(task)),
    alsoChanged: changed.filter(isFollower),
  };
}

/** Under another parent a task comes behind those that have a rank, unless it gets one. */
function decideNamed(task: Task, patch: Patch, decision: Decision): Decision {
  const losesRank = isMoved(task, patch) && patch.rank === undefined && task.rank !== null;
  return losesRank ? { ...decision, fields: { ...decision.fields, rank: null } } : decision;
}

function isMoved(task: Task, { parent }: Patch): boolean {
  return parent !== undefined && parent !== task.parent;
}

async function checkLinks(workspace: Workspace, tasks: readonly Task[], patch: Patch): Promise<void> {
  const moved = tasks.filter((task) => isMoved(task, patch));
  if (patch.parent != null && moved.length > 0) {
    await checkNewParent(workspace, moved, await requireParent(workspace, patch.parent));
  }
  const ends = [...(patch.dependsOn ?? []), ...(patch.addDependsOn ?? [])];
  for (const task of tasks) {
    const added = ends.filter((id) => !task.dependsOn.includes(id));
    if (added.length > 0) await checkNewDependencies(workspace, task, added);
  }
}

/** The tasks below that are in the project which one above them leaves. */
async function findFollowers(
  workspace: Workspace,
  tasks: readonly Task[],
  { project }: Patch,
): Promise<readonly Task[]> {
  const leaving = project === undefined ? [] : tasks.filter((each) => each.project !== project);
  const below = await loadBelow(workspace, leaving);
  if (below.length === 0) return [];
  const { parents } = await findParents(workspace, [...leaving, ...below]);
  const left = new Map(leaving.map((task) => [task.id, task.project]));
  const named = new Set(tasks.map(({ id }) => id));
  return below.filter(
    (task) => !named.has(task.id) && listUpwards(task.id, parents).some((id) => left.get(id) === task.project),
  );
}
