import { computed, signal } from "@preact/signals";
import type { Task } from "../../../domain/task/task.ts";
import { effectiveParents } from "../../../domain/tree/effective-parents.ts";
import { buildForest, type TreeItem, walkForest } from "../../../domain/tree/tree.ts";
import type { Place } from "../../protocol.ts";
import { shownTasks } from "./lists.ts";

/** A task in the tree, with those that stand beside it. */
export type Branch = {
  readonly item: TreeItem<Task>;
  /** null at the root. */
  readonly parent: string | null;
  /** All with that parent, in their order. */
  readonly siblings: readonly TreeItem<Task>[];
};

/** The tasks whose subtasks are folded away. */
export const folded = signal<ReadonlySet<string>>(new Set());

const forest = computed(() => {
  const tasks = shownTasks.value;
  const built = buildForest(tasks, ({ parent }) => parent);
  if (built) return built;
  // Two devices have made a ring of them. The worker knows which edge came last; here any is cut, until one of them moves.
  const { parents } = effectiveParents(
    tasks.map(({ id, parent }) => ({ id, parent, parentRegister: "", isDeleted: false })),
  );
  return buildForest(tasks, ({ id }) => parents.get(id) ?? null) ?? [];
});

/** Every branch by the id of its task. */
export const branches = computed<ReadonlyMap<string, Branch>>(() => {
  const found = new Map<string, Branch>();
  const note = (siblings: readonly TreeItem<Task>[], parent: string | null) => {
    for (const item of siblings) found.set(item.task.id, { item, parent, siblings });
  };
  note(forest.value, null);
  for (const item of walkForest(forest.value)) note(item.subtasks, item.task.id);
  return found;
});

/** The items that are not folded away, from top to bottom. */
export const treeItems = computed<readonly TreeItem<Task>[]>(() => {
  const hidden = new Set<string>();
  const items: TreeItem<Task>[] = [];
  for (const item of walkForest(forest.value)) {
    const isHidden = hidden.has(item.task.id);
    if (!isHidden) items.push(item);
    if (isHidden || folded.value.has(item.task.id)) for (const { task } of item.subtasks) hidden.add(task.id);
  }
  return items;
});

/** Folds the subtasks of a task away, or shows them. */
export function fold(id: string, isFolded: boolean): void {
  const next = new Set(folded.value);
  if (isFolded) next.add(id);
  else next.delete(id);
  folded.value = next;
}

/** Where a task goes by one step. undefined: it can't go there. */
export function placeAfterStep(id: string, step: "up" | "down" | "in" | "out"): Place | undefined {
  const branch = branches.value.get(id);
  if (!branch) return undefined;
  const { parent, siblings } = branch;
  const at = siblings.findIndex(({ task }) => task.id === id);
  const [above, below] = [siblings[at - 1]?.task.id, siblings[at + 1]?.task.id];
  switch (step) {
    case "up":
      return above === undefined ? undefined : { parent, before: above };
    case "down":
      return below === undefined ? undefined : { parent, after: below };
    case "in":
      return above === undefined ? undefined : { parent: above };
    case "out":
      return parent === null ? undefined : { parent: branches.value.get(parent)?.parent ?? null, after: parent };
  }
}
