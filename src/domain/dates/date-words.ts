import { isDate } from "./when.ts";
import type { LocalTime } from "./local-time.ts";

/** `the day after tomorrow at 5 pm` has the most words that a date can have behind its first, but for sums. */
const MAX_WORDS_BEHIND = 6;

/** How to read dates among items such as arguments. */
type DateReading<Item> = {
  /** The date in an item, if it has one, as far as it goes. */
  readonly dateOf: (item: Item) => string | undefined;
  /** The word that an item is. Any other text ends a date. */
  readonly wordOf: (item: Item) => string;
  /** The item with those behind it. */
  readonly extend: (item: Item, behind: readonly Item[]) => Item;
};

/**
 * The items, of which each with a date has got the words behind it that make one date with it, as many as there are. In
 * `due:friday 17:00 at home` the time belongs to the date, in `due:friday 5 apples` nothing does.
 */
export function joinDates<Item>(items: readonly Item[], reading: DateReading<Item>, system: LocalTime): Item[] {
  const joined: Item[] = [];
  let taken = 0;
  for (const [at, item] of items.entries()) {
    if (at < taken) continue;
    const date = reading.dateOf(item);
    taken = at + 1;
    if (date !== undefined) {
      const behind = items.slice(taken, taken + MAX_WORDS_BEHIND).map(reading.wordOf);
      taken += countDateWords(date, behind, (text) => isDate(text, system));
    }
    joined.push(taken === at + 1 ? item : reading.extend(item, items.slice(at + 1, taken)));
  }
  return joined;
}

/** How many of the words behind the beginning of a date make one date with it, as many as do. A tag is no part of a date. */
export function countDateWords(date: string, behind: readonly string[], isWhole: (text: string) => boolean): number {
  const end = behind.findIndex((word) => !/^[^\s+]\S*$/u.test(word));
  const words = behind.slice(0, Math.min(end === -1 ? Infinity : end, MAX_WORDS_BEHIND));
  return 1 + words.findLastIndex((_, at) => isWhole([date, ...words.slice(0, at + 1)].join(" ")));
}
