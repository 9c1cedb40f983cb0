import type { Key } from "../keys.ts";
import { PRIORITIES } from "../task/task.ts";
import { STATUSES } from "./query.ts";

/** What a task can be, by `is:`. */
export const IS_WORDS = ["active", "waiting"] as const;

/** The keys of filter terms, once. The reader, its errors, the help and completion are made from it. */
export const TERM_KEYS = [
  { name: "due", takes: "WHEN", example: "due:friday", description: "due on that day or at that moment" },
  { name: "due.before", takes: "WHEN", example: "due.before:friday", description: "due before that day or moment" },
  { name: "due.after", takes: "WHEN", example: "due.after:friday", description: "due after that day or moment" },
  { name: "scheduled", takes: "WHEN", example: "scheduled:friday", description: "planned for that day or moment" },
  {
    name: "scheduled.before",
    takes: "WHEN",
    example: "scheduled.before:friday",
    description: "planned for before that day or moment",
  },
  {
    name: "scheduled.after",
    takes: "WHEN",
    example: "scheduled.after:friday",
    description: "planned for after that day or moment",
  },
  { name: "wait", takes: "WHEN", example: "wait:any", description: "hidden until that day or moment" },
  { name: "project", takes: "NAME", example: "project:House", description: "in that project or a level below it" },
  { name: "priority", takes: PRIORITIES.join("|"), example: "priority:high", description: "of this priority" },
  { name: "status", takes: "STATE", example: "status:all", description: `in this state: ${STATUSES.join(", ")}` },
  { name: "is", takes: IS_WORDS.join("|"), example: "is:active", description: "worked on, or hidden, now" },
  { name: "not", takes: "TERM", example: "not:+home", description: "all but what the term means" },
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

/** All filter terms for people, the keys alone. */
export function listTerms(): string {
  const keys = TERM_KEYS.map(({ name }) => `${name}:`);
  return ["+TAG", ...keys, ...TERM_WORDS.map(({ name }) => name), "p1 to p4"].join(", ");
}

/** An example of each term for people. */
export function listTermExamples(): string {
  const keys = TERM_KEYS.map(({ example }) => example);
  return ["+home", ...keys, ...TERM_WORDS.map(({ name }) => name), "p1"].join(", ");
}
