import { takeWhileFits } from "../../domain/batches.ts";
import type { Task } from "../../domain/task/task.ts";

/** How many items an agenda has at most, and about how many characters of JSON their tasks make: a task may be very long. */
export type AgendaLimit = { readonly items: number; readonly characters: number };

/** A task has so many characters without its texts, about. */
const CHARACTERS_OF_FIELDS = 1000;
const CHARACTERS_OF_ID = 40;

/** The first items, as many as fit. */
export function takeWithin<Item extends { readonly task: Task }>(
  items: readonly Item[],
  { items: count, characters }: AgendaLimit,
): Item[] {
  const first = items.slice(0, count);
  return Number.isFinite(characters) ? takeWhileFits(first, ({ task }) => measure(task), characters) : first;
}

function measure({ title, description, notes, tags, dependsOn }: Task): number {
  const texts = [title, description ?? "", ...tags, ...notes.map(({ text }) => text)];
  const ids = notes.length + dependsOn.length;
  return texts.reduce((sum, text) => sum + text.length, CHARACTERS_OF_FIELDS + ids * CHARACTERS_OF_ID);
}
