import { computed, signal } from "@preact/signals";
import type { Task } from "../../../domain/task/task.ts";
import { createPacer } from "./pacer.ts";

/** What somebody changes by hand is shown at once. More at a time are pages of all tasks, of which the next one follows. */
const MAX_EDITED_TASKS = 200;

/** All tasks that the worker has told of, by id. It changes in place; `poolRevision` says that it did. */
export const pool = new Map<string, Task>();
export const poolRevision = signal(0);

/** Whether all tasks have come, so that counts and empty lists can be believed. */
export const isWhole = signal(false);

/** How many tasks were open when the page was used last, until all have come. */
export const expected = signal(0);

/** Takes tasks in. `whole`: there are no others. */
export function takeTasks(tasks: readonly Task[], whole: boolean): void {
  if (whole) pool.clear();
  for (const task of tasks) {
    const known = pool.get(task.id);
    if (!known || known.revision <= task.revision) pool.set(task.id, task);
  }
  if (tasks.length > MAX_EDITED_TASKS) showPoolInTurn();
  else showPoolAnew();
}

/** Shows all tasks anew, though none has changed: a box shows what a person asked for, also if that was not done. */
export function showPoolAnew(): void {
  poolRevision.value += 1;
}

const showPoolInTurn = createPacer(showPoolAnew);

/** Forgets all, for another database. */
export function emptyPool(): void {
  pool.clear();
  isWhole.value = false;
  expected.value = 0;
  poolRevision.value += 1;
}

/** All tasks that are not deleted. */
export const keptTasks = computed(() => {
  void poolRevision.value;
  return [...pool.values()].filter(({ deletedAt }) => deletedAt === null);
});

/** How many subtasks each task has, and how many of them are done, by its id. */
export const subtaskCounts = computed<ReadonlyMap<string, { readonly done: number; readonly all: number }>>(() => {
  const counts = new Map<string, { done: number; all: number }>();
  for (const { parent, completedAt } of keptTasks.value) {
    if (parent === null) continue;
    const count = counts.get(parent) ?? { done: 0, all: 0 };
    count.all += 1;
    if (completedAt !== null) count.done += 1;
    counts.set(parent, count);
  }
  return counts;
});

/** All tasks that are open. */
export const openTasks = computed(() => keptTasks.value.filter(({ completedAt }) => completedAt === null));
