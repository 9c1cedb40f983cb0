import { isDate } from "../../domain/dates/when.ts";
import { writeKeyed } from "../../domain/keys.ts";
import { suggestOneOf } from "../../domain/nearest.ts";
import type { System } from "../../ports/system.ts";

/** The days by which people end a title when they mean a due date. Of other dates a title speaks too often. */
const SPOKEN_DAY = /^(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i;

/** `next friday at 5 pm` has the most words that such an end has. */
const MAX_DATE_WORDS = 5;

/**
 * Says that the words of a new title end in a day, such as `Pay rent tomorrow`, which sets no due date. undefined if it doesn't, or if
 * that is all of it.
 */
export function describeStrayDate(words: readonly string[], system: System): string | undefined {
  const ends = Array.from({ length: MAX_DATE_WORDS }, (_, at) => words.slice(-MAX_DATE_WORDS + at));
  const end = ends.find((tail) => tail.length < words.length && isSpokenDate(tail, system));
  if (!end) return undefined;
  const date = end.join(" ");
  return [`${date} stays in the title.`, ...suggestOneOf([writeKeyed({ key: "due", value: date })])].join(" ");
}

function isSpokenDate(words: readonly string[], system: System): boolean {
  return words.some((word) => SPOKEN_DAY.test(word)) && isDate(words.join(" "), system);
}
