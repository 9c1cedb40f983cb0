import { effect, signal } from "@preact/signals";

const KEY = "todo.draft";

/** What is typed for a new task. It stays when the page is closed. */
export const draft = signal(localStorage.getItem(KEY) ?? "");
/** Grows when the field for a new task must take the focus. */
export const isAdding = signal(0);

effect(() => {
  if (draft.value === "") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, draft.value);
});

/** Forgets what was typed. */
export function emptyDraft(): void {
  draft.value = "";
}

/** Puts the cursor into the field for a new task. */
export function startAdding(): void {
  isAdding.value += 1;
}
