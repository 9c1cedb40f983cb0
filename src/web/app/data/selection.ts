import { computed, effect, signal } from "@preact/signals";
import { rows } from "./rows.ts";

/** The row that has the focus, or had it last, by the id of its task. */
export const focused = signal<string | null>(null);
/** Grows when the focused row must take the focus of the browser. */
export const focusRequest = signal(0);
/** Tasks that were chosen to be changed together. */
export const chosen = signal<ReadonlySet<string>>(new Set());

/** The tasks of the rows, from top to bottom. */
const listed = computed(() => rows.value.flatMap((row) => (row.kind === "task" ? row.task.id : [])));

/** The chosen tasks that are listed. */
export const chosenHere = computed<readonly string[]>(() => listed.value.filter((id) => chosen.value.has(id)));

/** What a command is about: the chosen tasks, else the focused one. */
export const targets = computed<readonly string[]>(() => {
  if (chosenHere.value.length > 0) return chosenHere.value;
  return focused.value === null ? [] : [focused.value];
});

/** Chooses a task, or leaves it out again. */
export function toggleChosen(id: string): void {
  const next = new Set(chosen.value);
  if (!next.delete(id)) next.add(id);
  chosen.value = next;
}

/** Chooses all tasks from the focused one to another. */
export function chooseUpTo(id: string): void {
  const [from, to] = [focused.value ?? id, id]
    .map((each) => listed.value.indexOf(each))
    .toSorted((one, other) => one - other);
  chosen.value = new Set([...chosen.value, ...listed.value.slice(from, (to ?? 0) + 1)]);
}

export function chooseNone(): void {
  chosen.value = new Set();
}

/** Moves the focus by so many tasks, or to the first or last one. */
export function moveFocus(by: number | "first" | "last"): void {
  const ids = listed.value;
  const at = focused.value === null ? -1 : ids.indexOf(focused.value);
  const to = by === "first" ? 0 : by === "last" ? ids.length - 1 : Math.max(0, Math.min(ids.length - 1, at + by));
  const next = ids[to];
  if (next === undefined) return;
  focused.value = next;
  focusRequest.value += 1;
}

/** The same, and chooses the task that it leaves and the one that it comes to. */
export function moveAndChoose(by: number): void {
  const { value: from } = focused;
  moveFocus(by);
  const { value: to } = focused;
  chosen.value = new Set([...chosen.value, ...[from, to].filter((id) => id !== null)]);
}

/** Where a row went that had the focus, its successor takes it, so that nobody starts at the top again. */
export function keepFocus(): void {
  let place = -1;
  effect(() => {
    const ids = listed.value;
    const { value: id } = focused;
    if (id === null) return;
    const at = ids.indexOf(id);
    if (at !== -1) {
      place = at;
      return;
    }
    const next = ids[Math.min(place, ids.length - 1)];
    if (place === -1 || next === undefined) return;
    focused.value = next;
    // Only a browser that has lost the focus is given it: somebody may be typing elsewhere.
    if (document.activeElement === document.body) focusRequest.value += 1;
  });
}
