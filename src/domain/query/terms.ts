import type { Key } from "../keys.ts";
import { PRIORITIES } from "../task/task.ts";
import { STATUSES } from "./query.ts";

/** The keys of filter terms, once. The reader, its errors, the help and completion are made from it. */
export const TERM_KEYS = [
  { name: "due", takes: "WHEN", example: "due:friday", description: "due on a day or at a moment" },
  { name: "due.before", takes: "WHEN", example: "due.before:friday", description: "due before a day or a moment" },
  { name: "due.after", takes: "WHEN", example: "due.after:friday", description: "due after a day or a moment" },
  { name: "project", takes: "NAME", example: "project:House", description: "in a project or a level below it" },
  { name: "priority", takes: PRIORITIES.join("|"), example: "priority:high", description: PRIORITIES.join(", ") },
  { name: "status", takes: STATUSES.join("|"), example: "status:all", description: STATUSES.join(", ") },
  { name: "not", takes: "TERM", example: "not:+home", description: "all but what a term means" },
] as const satisfies readonly Key[];

export type TermKey = (typeof TERM_KEYS)[number]["name"];

/** The filter terms that are one word. */
export const TERM_WORDS = [
  { name: "overdue", description: "due before now" },
  { name: "today", description: "due today" },
  { name: "tomorrow", description: "due tomorrow" },
  { name: "yesterday", description: "due yesterday" },
] as const;

export type TermWord = (typeof TERM_WORDS)[number]["name"];

/** All filter terms for people, the keys with what they take or alone. */
export function listTerms({ values }: { readonly values: boolean }): string {
  const keys = TERM_KEYS.map(({ name, takes }) => `${name}:${values ? takes : ""}`);
  return ["+TAG", ...keys, ...TERM_WORDS.map(({ name }) => name), "p1 to p4"].join(", ");
}
