import { joinDates } from "../dates/date-words.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { isDate } from "../dates/when.ts";
import { findKey, splitKeyed, writeKeyed } from "../keys.ts";
import { suggestOneOf } from "../nearest.ts";
import { FIELD_KEYS } from "../task/field-keys.ts";
import { quoteShort } from "../task/text.ts";
import type { Argument } from "./argument.ts";

/** The days by which people end a title when they mean a due date. Of other dates a title speaks too often. */
const SPOKEN_DAY = /^(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/i;

/** `next friday at 5 pm` has the most words that such an end has. */
const MAX_DATE_WORDS = 5;

/**
 * Says that the words of a new title end in a day, such as `Pay rent tomorrow`, which sets no due date. undefined if it doesn't, or if
 * that is all of it.
 */
export function describeStrayDate(words: readonly string[], system: LocalTime): string | undefined {
  const ends = Array.from({ length: MAX_DATE_WORDS }, (_, at) => words.slice(-MAX_DATE_WORDS + at));
  const end = ends.find((tail) => tail.length < words.length && isSpokenDate(tail, system));
  if (!end) return undefined;
  const date = end.join(" ");
  return [`${date} stays in the title.`, ...suggestOneOf([writeKeyed({ key: "due", value: date })])].join(" ");
}

/** Says that words behind a due date are a date too and stay in the title, as in `due:friday next week`. */
export function describeSecondDate(args: readonly Argument[], system: LocalTime): string | undefined {
  const words = args.flatMap(({ text }) => text.split(/\s+/u));
  const items = joinDates(words, { dateOf, wordOf: (word) => word, extend }, system);
  const at = items.findIndex((item) => dateOf(item) !== undefined);
  if (at === -1) return undefined;
  const behind = items.slice(at + 1, at + 1 + MAX_DATE_WORDS);
  const ends = behind.map((_, end) => behind.slice(0, end + 1).join(" "));
  const second = ends.findLast((text) => /^\p{L}/u.test(text) && isDate(text, system));
  if (second === undefined) return undefined;
  return `${second} stays in the title: ${quoteShort(`${dateOf(items[at] ?? "")} ${second}`)} is not a date.`;
}

function dateOf(word: string): string | undefined {
  const keyed = splitKeyed(word);
  return keyed && findKey(keyed.key, FIELD_KEYS) === "due" ? keyed.value : undefined;
}

function extend(word: string, words: readonly string[]): string {
  return [word, ...words].join(" ");
}

function isSpokenDate(words: readonly string[], system: LocalTime): boolean {
  return words.some((word) => SPOKEN_DAY.test(word)) && isDate(words.join(" "), system);
}
