import { TodoError } from "../../../domain/errors.ts";
import type { Task } from "../../../domain/task/task.ts";
import {
  checkDependencyEnds,
  checkMove,
  dependencyRingError,
  type LinkedTask,
} from "../../../domain/tree/check-move.ts";
import type { Workspace } from "../../workspace.ts";
import { isOpen, MAX_LEVELS, loadAbove, loadNamedBelow } from "./load-family.ts";

/** What the rules need of a task that is about to be made. */
export type NewTask = Pick<Task, "id" | "title" | "recurrence">;

/** The task that is to be a parent. Throws `invalid_input` if it is not there or is deleted. */
export async function requireParent({ store, user }: Workspace, id: string): Promise<Task> {
  const [parent] = await store.get(user, [id]);
  if (parent && parent.deletedAt === null) return parent;
  throw new TodoError("invalid_input", "the parent is not one of your tasks", {
    issues: [{ path: "parent", message: parent ? "this task is deleted" : "there is no such task" }],
  });
}

/** Refuses to put tasks below a parent where the rules of the tree forbid it. Throws `invalid_input`. */
export async function checkNewParent(workspace: Workspace, moved: readonly Task[], parent: Task): Promise<void> {
  const above = await loadAbove(workspace, [parent]);
  const below = await loadNamedBelow(workspace, moved);
  const tasks = new Map([...moved, parent, ...above, ...below].map((task) => [task.id, task]));
  checkMove(
    [...tasks.values()].map(toPlaced),
    moved.map(({ id }) => id),
    parent.id,
  );
}

/** The same for tasks that are about to be made. */
export async function checkParentOfNew(workspace: Workspace, made: readonly NewTask[], parent: Task): Promise<void> {
  const above = await loadAbove(workspace, [parent]);
  const added = made.map((task) => ({ ...toLinked(task), parent: null, parentRegister: "", isDeleted: false }));
  checkMove(
    [...[parent, ...above].map(toPlaced), ...added],
    made.map(({ id }) => id),
    parent.id,
  );
}

/** Refuses new dependencies of a task that make no sense. Throws `invalid_input`. */
export async function checkNewDependencies(
  { store, user }: Workspace,
  task: NewTask,
  added: readonly string[],
): Promise<void> {
  const found = new Map((await store.get(user, added)).map((end) => [end.id, end]));
  const ends = added.map((id) => {
    if (id === task.id) return toLinked(task);
    const end = found.get(id);
    if (end && end.deletedAt === null) return toLinked(end);
    throw new TodoError("invalid_input", "a task can only wait for one of your tasks", {
      issues: [{ path: "depends_on", message: `${end ? "this task is deleted" : "there is no such task"}: ${id}` }],
    });
  });
  checkDependencyEnds(toLinked(task), ends, "depends_on");
  await checkNoRing({ store, user }, task, found.values().toArray());
}

/** Refuses a dependency on a task that waits for this one, itself or through others. Throws `invalid_input`. */
async function checkNoRing(
  { store, user }: Pick<Workspace, "store" | "user">,
  task: NewTask,
  ends: readonly Task[],
): Promise<void> {
  const asked = new Set(ends.map(({ id }) => id));
  let level = ends.map((end) => ({ end, at: end }));
  for (let levels = 0; level.length > 0 && levels < MAX_LEVELS; levels += 1) {
    const edges = level
      .filter(({ at }) => isOpen(at))
      .flatMap(({ end, at }) => at.dependsOn.map((id) => ({ end, id })));
    const closing = edges.find(({ id }) => id === task.id);
    if (closing) throw dependencyRingError(toLinked(task), toLinked(closing.end));
    const wanted = new Map(edges.filter(({ id }) => !asked.has(id)).map(({ id, end }) => [id, end]));
    for (const id of wanted.keys()) asked.add(id);
    const next = wanted.size === 0 ? [] : await store.get(user, [...wanted.keys()]);
    level = next.map((at) => ({ end: wanted.get(at.id) ?? at, at }));
  }
}

/** What the rules of links ask of a task. */
export function toLinked({ id, title, recurrence }: NewTask): LinkedTask {
  return { id, title, isRepeating: recurrence !== null };
}

function toPlaced(task: Task) {
  return { ...toLinked(task), parent: task.parent, parentRegister: "", isDeleted: task.deletedAt !== null };
}
