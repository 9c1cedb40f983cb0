import { isDate } from "../../domain/dates/when.ts";
import type { System } from "../../ports/system.ts";

/** `the day after tomorrow at 5 pm` has the most words that a date can have behind its first, but for sums. */
const MAX_WORDS_BEHIND = 6;

/**
 * How many of the words behind a date belong to it: as many as make one date with it. `friday` takes the time of
 * `17:00 at home`, and nothing of `5 apples`. A tag is no part of a date.
 */
export function countDateWords(date: string, behind: readonly string[], system: System): number {
  const end = behind.findIndex((word) => !/^[^\s+]\S*$/u.test(word));
  const words = behind.slice(0, Math.min(end === -1 ? Infinity : end, MAX_WORDS_BEHIND));
  return words.findLastIndex((_, at) => isDate([date, ...words.slice(0, at + 1)].join(" "), system)) + 1;
}
