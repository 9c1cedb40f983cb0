import { compareByRank, type Ranked } from "./order.ts";

/** How many of a task's own subtasks are closed: `3 of 5`. Those further down count for their own parents. */
export type SubtaskCount = { readonly completed: number; readonly total: number };

/** A task in its place. The depth of a root is 1. */
export type TreeItem<Task> = {
  readonly task: Task;
  readonly depth: number;
  readonly subtasks: readonly TreeItem<Task>[];
  readonly count: SubtaskCount;
};

/** What a tree needs of a task besides its parent. */
export type TreeTask = Ranked & { readonly completedAt: string | null };

/** An item of which not all is known yet. */
type Draft<Task> = {
  readonly task: Task;
  depth: number;
  subtasks: Draft<Task>[];
  readonly count: { completed: number; total: number };
};

/**
 * The roots with all that is below them, each level in its order, or undefined if the parents form a ring, which `effectiveParents`
 * cuts. A task whose parent is not among the tasks stands at the root. `shown` leaves out all others, but they count. No recursion:
 * other devices can make a tree of any depth.
 */
export function buildForest<Task extends TreeTask>(
  tasks: readonly Task[],
  parentOf: (task: Task) => string | null,
  shown?: ReadonlySet<string>,
): TreeItem<Task>[] | undefined {
  const items = new Map<string, Draft<Task>>();
  for (const task of tasks) items.set(task.id, { task, depth: 0, subtasks: [], count: { completed: 0, total: 0 } });
  const roots: Draft<Task>[] = [];
  for (const item of items.values()) {
    const parent = parentOf(item.task);
    const above = parent === null ? undefined : items.get(parent);
    if (above) addSubtask(above, item);
    else roots.push(item);
  }
  const reached = placeBelow(roots);
  if (reached < items.size) return undefined;
  return shown === undefined ? roots : keepShown(roots, shown);
}

/** Every item of a forest, each before what is below it. */
export function* walkForest<Task>(forest: readonly TreeItem<Task>[]): Generator<TreeItem<Task>> {
  const open = forest.toReversed();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    yield item;
    for (const child of item.subtasks.toReversed()) open.push(child);
  }
}

function addSubtask<Task extends TreeTask>(above: Draft<Task>, item: Draft<Task>): void {
  above.subtasks.push(item);
  above.count.total += 1;
  if (item.task.completedAt !== null) above.count.completed += 1;
}

/** Orders what is below the roots, says how deep it is, and answers how many items there are. */
function placeBelow<Task extends TreeTask>(roots: Draft<Task>[]): number {
  let reached = 0;
  const levels = [{ depth: 1, items: roots }];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const { depth, items } = level;
    if (items.length > 1) items.sort((one, other) => compareByRank(one.task, other.task));
    reached += items.length;
    for (const item of items) {
      item.depth = depth;
      if (item.subtasks.length > 0) levels.push({ depth: depth + 1, items: item.subtasks });
    }
  }
  return reached;
}

function keepShown<Task extends TreeTask>(roots: readonly Draft<Task>[], shown: ReadonlySet<string>): Draft<Task>[] {
  const isShown = ({ task }: Draft<Task>) => shown.has(task.id);
  const kept = roots.filter(isShown);
  const open = [...kept];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    item.subtasks = item.subtasks.filter(isShown);
    for (const child of item.subtasks) open.push(child);
  }
  return kept;
}
