import { effect, signal } from "@preact/signals";
import { keepText } from "./kept-text.ts";

const KEY = "todo.draft";

/** What is typed for a new task. It stays when the page is closed. */
export const draft = signal("");
/** What is on its way to the database. Until it is there it is kept with the draft: the page may be closed first. */
const sending = signal<readonly string[]>([]);
/** Grows when the field for a new task must take the focus. */
export const isAdding = signal(0);

/** Brings back what was typed when the page was open last, and keeps what is typed from now on. */
export function startDrafts(): void {
  draft.value = localStorage.getItem(KEY) ?? "";
  effect(() => {
    const kept = [...sending.value, draft.value].filter((text) => text !== "").join("\n");
    keepText(KEY, kept === "" ? null : kept);
  });
}

/** Empties the field for the next task while a draft is added. What is refused comes back, unless something else was typed since. */
export async function sendDraft(add: (text: string) => Promise<boolean>): Promise<void> {
  const { value: text } = draft;
  sending.value = [...sending.value, text];
  draft.value = "";
  const isAdded = await add(text);
  sending.value = sending.value.toSpliced(sending.value.indexOf(text), 1);
  if (!isAdded) draft.value ||= text;
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
