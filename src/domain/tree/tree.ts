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

/**
 * The roots with all that is below them, each level in its order. `parents` is what `effectiveParents` answers. A task whose parent
 * is not among the tasks stands at the root. `shown` leaves out all others, but they count. No recursion: other devices can make a
 * tree of any depth.
 */
export function buildForest<Task extends TreeTask>(
  tasks: readonly Task[],
  parents: ReadonlyMap<string, string | null>,
  shown?: ReadonlySet<string>,
): TreeItem<Task>[] {
  const known = new Set(tasks.map(({ id }) => id));
  const levels = Map.groupBy(tasks, ({ id }) => {
    const parent = parents.get(id) ?? null;
    return parent !== null && known.has(parent) ? parent : null;
  });
  for (const level of levels.values()) level.sort(compareByRank);
  const isShown = ({ id }: Task) => shown?.has(id) ?? true;
  const roots = (levels.get(null) ?? []).filter(isShown).map((task) => createItem(task, 1, levels));
  const open = [...roots];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const task of levels.get(item.task.id) ?? []) {
      if (!isShown(task)) continue;
      const child = createItem(task, item.depth + 1, levels);
      item.subtasks.push(child);
      open.push(child);
    }
  }
  return roots;
}

/** Every item of a forest, each before what is below it. */
export function* walkForest<Task>(forest: readonly TreeItem<Task>[]): Generator<TreeItem<Task>> {
  const open = forest.toReversed();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    yield item;
    open.push(...item.subtasks.toReversed());
  }
}

function createItem<Task extends TreeTask>(
  task: Task,
  depth: number,
  levels: ReadonlyMap<string | null, readonly Task[]>,
) {
  const below = levels.get(task.id) ?? [];
  const completed = below.filter(({ completedAt }) => completedAt !== null).length;
  const subtasks: TreeItem<Task>[] = [];
  return { task, depth, subtasks, count: { completed, total: below.length } };
}
