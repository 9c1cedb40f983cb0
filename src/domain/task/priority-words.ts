import { NONE } from "../keys.ts";
import { checkPriority, PRIORITIES, type Priority } from "./task.ts";

/** Priorities as other programs number them. The fourth is what a task has that was given none. */
const LEVELS: readonly (readonly [word: string, priority: Priority | null])[] = [
  ["p1", "high"],
  ["p2", "medium"],
  ["p3", "low"],
  ["p4", null],
];

/** The priority that a word alone means, in any case: `p1` to `p4`. undefined for all other words. */
export function findLevel(word: string): Priority | null | undefined {
  return LEVELS.find(([level]) => level === word.toLowerCase())?.[1];
}

/**
 * The priority that a value means, in any case: a name or its beginning (`H`, `med`), a level (`p1`) or `none`. Throws
 * `invalid_input`.
 */
export function parsePriority(text: string): Priority | null {
  const typed = text.toLowerCase();
  const level = findLevel(typed);
  if (level !== undefined) return level;
  if (typed === NONE) return null;
  return PRIORITIES.find((name) => typed !== "" && name.startsWith(typed)) ?? checkPriority(typed);
}
