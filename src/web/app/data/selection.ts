import { computed, signal } from "@preact/signals";
import { rows } from "./rows.ts";
import { listedTasks } from "./lists.ts";

/** The row that has the focus, or had it last. */
export const focused = signal<string | null>(null);
/** Tasks that were chosen to be changed together. */
export const chosen = signal<ReadonlySet<string>>(new Set());

/** What a command is about: the chosen tasks that are listed, else the focused one. */
export const targets = computed<readonly string[]>(() => {
  const listed = listedTasks.value.filter(({ id }) => chosen.value.has(id)).map(({ id }) => id);
  if (listed.length > 0) return listed;
  return focused.value === null ? [] : [focused.value];
});

/** Chooses a task, or leaves it out again. */
export function toggleChosen(id: string): void {
  const next = new Set(chosen.value);
  if (!next.delete(id)) next.add(id);
  chosen.value = next;
}

export function chooseNone(): void {
  chosen.value = new Set();
}

/** Moves the focus by so many tasks, or to the first or last one. */
export function moveFocus(by: number | "first" | "last"): void {
  const tasks = rows.value.flatMap((row) => (row.kind === "task" ? row.task : []));
  const at = tasks.findIndex(({ id }) => id === focused.value);
  const to = by === "first" ? 0 : by === "last" ? tasks.length - 1 : Math.max(0, Math.min(tasks.length - 1, at + by));
  const next = tasks[to];
  if (!next) return;
  focused.value = next.id;
  focusRequest.value += 1;
}

/** Grows when the focused row must take the focus of the browser. */
export const focusRequest = signal(0);
