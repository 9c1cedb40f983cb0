import { effect, signal } from "@preact/signals";
import { keepText } from "./kept-text.ts";

const KEY = "todo.draft";

/** What is typed for a new task. It stays when the page is closed. */
export const draft = signal("");
/** Grows when the field for a new task must take the focus. */
export const isAdding = signal(0);

/** Brings back what was typed when the page was open last, and keeps what is typed from now on. */
export function startDrafts(): void {
  draft.value = localStorage.getItem(KEY) ?? "";
  effect(() => keepText(KEY, draft.value === "" ? null : draft.value));
}

/** Forgets what was typed. */
export function emptyDraft(): void {
  draft.value = "";
}

/** The text with one more word, ready for the next. A word such as `due:today` takes the place of another one with its key. */
export function putWord(text: string, word: string): string {
  const key = /^(\w+:)./u.exec(word)?.[1];
  const others = key === undefined ? text : text.replace(new RegExp(`(^|\\s)${key}(?:"[^"]*"|\\S*)`, "giu"), "");
  return `${others.trimEnd()} ${word}`.trimStart() + (/[:+]$/u.test(word) ? "" : " ");
}

/** Puts the cursor into the field for a new task. */
export function startAdding(): void {
  isAdding.value += 1;
}
