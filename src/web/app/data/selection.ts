import { computed, effect, signal } from "@preact/signals";
import { rows } from "./rows.ts";

/** The row that has the focus, or had it last, by its key. */
export const focusedRow = signal<string | null>(null);
/** Grows when the focused row must take the focus of the browser. */
export const focusRequest = signal(0);
let answered = 0;

/** Whether the focused row has to take the focus of the browser now. Each request is answered once: later rows must not take it away. */
export function answerFocusRequest(): boolean {
  const isNew = focusRequest.peek() !== answered;
  answered = focusRequest.peek();
  return isNew;
}

/** Tasks that were chosen to be changed together. */
export const chosen = signal<ReadonlySet<string>>(new Set());

/** The rows that can have the focus, from top to bottom. With an occurrence to come there is nothing to do yet. */
const lines = computed(() =>
  rows.value.filter((row) => row.kind === "task").filter(({ comes }) => comes === undefined),
);
const keys = computed(() => lines.value.map(({ key }) => key));

/** The task of the focused row. */
export const focused = computed(() => lines.value.find(({ key }) => key === focusedRow.value)?.task.id ?? null);

/** The row to which the Tab key leads. */
export const tabStop = computed(() => (focused.value === null ? keys.value[0] : focusedRow.value));

/** The chosen tasks that are listed. A list by days may have several rows of one. */
export const chosenHere = computed<readonly string[]>(() => [
  ...new Set(lines.value.map(({ task }) => task.id).filter((id) => chosen.value.has(id))),
]);

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

/** Chooses the tasks of all rows from the focused one to another. */
export function chooseUpTo(key: string): void {
  const [from, to] = [focusedRow.value ?? key, key]
    .map((each) => keys.value.indexOf(each))
    .toSorted((one, other) => one - other);
  const between = lines.value.slice(Math.max(0, from ?? 0), (to ?? 0) + 1);
  chosen.value = new Set([...chosen.value, ...between.map(({ task }) => task.id)]);
}

export function chooseNone(): void {
  chosen.value = new Set();
}

/** Moves the focus by so many rows, or to the first or last one. */
export function moveFocus(by: number | "first" | "last"): void {
  const { length } = keys.value;
  const at = focusedRow.value === null ? -1 : keys.value.indexOf(focusedRow.value);
  const to = by === "first" ? 0 : by === "last" ? length - 1 : Math.max(0, Math.min(length - 1, at + by));
  const next = keys.value[to];
  if (next === undefined) return;
  focusedRow.value = next;
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
    const { value: key } = focusedRow;
    if (key === null) return;
    const at = keys.value.indexOf(key);
    if (at !== -1) {
      place = at;
      return;
    }
    const next = keys.value[Math.min(place, keys.value.length - 1)];
    if (place === -1 || next === undefined) return;
    focusedRow.value = next;
    // Somebody may be typing elsewhere. The row that goes may still be there.
    const { activeElement: active } = document;
    if (active === document.body || active?.closest(".row")) focusRequest.value += 1;
  });
}
