import { TodoError } from "../errors.ts";
import { LIMITS } from "../task/task.ts";
import { quoteShort } from "../task/text.ts";
import { effectiveParents, listUpwards, type ParentNode } from "./effective-parents.ts";

/** Levels of a tree, the root included. A deeper one made by other devices is shown all the same. */
export const MAX_TREE_DEPTH = 16;

/** What the rules for a task's place and its dependencies need of it. */
export type LinkedTask = { readonly id: string; readonly title: string; readonly isRepeating: boolean };

export type PlacedTask = LinkedTask & ParentNode;

/** Larger than any register, because it begins with no hex digit: the edge that is about to be written is the newest. */
const NEWEST_REGISTER = "~";

/**
 * Refuses a move under a parent that would make a ring, a tree that is too deep, or a repeating task below another. `tasks` are all
 * above the parent and all below the moved ones, both included.
 */
export function checkMove(tasks: readonly PlacedTask[], movedIds: readonly string[], parent: string): void {
  const moved = new Set(movedIds);
  const after = tasks.map((task) =>
    moved.has(task.id) ? { ...task, parent, parentRegister: NEWEST_REGISTER + task.id } : task,
  );
  const { parents, cut } = effectiveParents(after);
  const byId = new Map(after.map((task) => [task.id, task]));
  for (const task of after) {
    if (moved.has(task.id) && cut.has(task.id)) throw ringError(task, byId.get(parent));
    const path = listUpwards(task.id, parents);
    if (!path.some((id) => moved.has(id))) continue;
    checkDepth(path.length);
    checkRepeating(
      path.flatMap((id) => byId.get(id) ?? []),
      "parent",
    );
  }
}

/**
 * Refuses a repeating task that stands below another one. `path` begins with a task and goes up to its root. `changed` is what would
 * bring it there.
 */
export function checkRepeating(path: readonly LinkedTask[], changed: "parent" | "recurrence"): void {
  const [lower, upper] = path.filter(({ isRepeating }) => isRepeating);
  if (lower === undefined || upper === undefined) return;
  throw new TodoError(
    "invalid_input",
    `${quoteShort(lower.title)} repeats and can't be below ${quoteShort(upper.title)}, which repeats too`,
    {
      hints: ["Subtasks of a repeating task come back with it: let one of the two not repeat."],
      issues: [{ path: changed, message: "a task that repeats can't be below another one that repeats" }],
    },
  );
}

/** Refuses what a task can't wait for. `ends` are all that it would wait for afterwards, `changed` is what would bring that. */
export function checkDependencyEnds(
  task: LinkedTask,
  ends: readonly LinkedTask[],
  changed: "depends_on" | "recurrence",
): void {
  if (ends.some(({ id }) => id === task.id)) {
    throw new TodoError("invalid_input", `${quoteShort(task.title)} can't wait for itself`, {
      issues: [{ path: changed, message: "it names the task itself" }],
    });
  }
  const repeating = ends.find(({ isRepeating }) => isRepeating);
  if (repeating !== undefined) {
    throw new TodoError("invalid_input", `no task can wait for ${quoteShort(repeating.title)}, which repeats`, {
      hints: ["A repeating task is never done for good: wait for one that does not repeat."],
      issues: [{ path: changed, message: `nothing can wait for a task that repeats: ${repeating.id}` }],
    });
  }
  if (ends.length > LIMITS.dependencies) {
    throw new TodoError(
      "invalid_input",
      `a task can wait for ${LIMITS.dependencies} others, these would be ${ends.length}`,
      {
        hints: ["Put them under one task as its subtasks and wait for that."],
        issues: [{ path: changed, message: `it can be ${LIMITS.dependencies} tasks` }],
      },
    );
  }
}

/** A task can't wait for one that waits for it already, itself or through others. */
export function dependencyRingError(task: LinkedTask, end: LinkedTask): TodoError {
  return new TodoError(
    "invalid_input",
    `${quoteShort(task.title)} can't wait for ${quoteShort(end.title)}, which waits for it`,
    {
      hints: ["If tasks wait for each other, none of them can be done first."],
      issues: [{ path: "depends_on", message: `this task waits for the one that is to wait: ${end.id}` }],
    },
  );
}

function ringError(moved: LinkedTask, parent: LinkedTask | undefined): TodoError {
  if (parent === undefined || parent.id === moved.id) {
    return new TodoError("invalid_input", `${quoteShort(moved.title)} can't be below itself`, {
      issues: [{ path: "parent", message: "it is the task itself" }],
    });
  }
  return new TodoError(
    "invalid_input",
    `${quoteShort(moved.title)} can't be below ${quoteShort(parent.title)}, which is below it`,
    {
      hints: [`Move ${quoteShort(parent.title)} to another place first.`],
      issues: [{ path: "parent", message: "this task is below the one that is to be moved" }],
    },
  );
}

function checkDepth(depth: number): void {
  if (depth <= MAX_TREE_DEPTH) return;
  throw new TodoError("invalid_input", `subtasks can go ${MAX_TREE_DEPTH} levels deep, this would be level ${depth}`, {
    hints: ["Choose a parent that is further up."],
    issues: [{ path: "parent", message: `subtasks can go ${MAX_TREE_DEPTH} levels deep` }],
  });
}
