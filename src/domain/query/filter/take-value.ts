import { countDateWords } from "../../dates/date-words.ts";
import type { LocalTime } from "../../dates/local-time.ts";
import { isPeriod } from "../../dates/period.ts";
import { isDate } from "../../dates/when.ts";
import { findTerm } from "../terms.ts";
import { type Cursor, peekLoneWords, peekRun } from "./cursor.ts";
import { refuseEmpty } from "./errors.ts";
import { type Place, textAt } from "./expression.ts";
import { readTermWord } from "./keys.ts";
import { type Item, type Keyed, span } from "./pieces.ts";

/** A value, or its beginning. */
type Value = { readonly place: Place; readonly isQuoted: boolean; readonly argument: number };

/** What goes on to the next term, sign or end of the argument. Any other value is one word. */
const LONG_VALUES: ReadonlySet<string> = new Set(["WHEN", "NAME", "TEXT", "DURATION"]);

/** The value of a key, which the cursor has passed, and moves the cursor behind it. Throws `invalid_input` if there is none. */
export function takeValue(cursor: Cursor, keyed: Keyed, argument: number, system: LocalTime): Value {
  const value = takeBeginning(cursor, keyed, argument);
  const { takes } = findTerm(keyed.key);
  if (value.isQuoted || !LONG_VALUES.has(takes)) return value;
  const isAnyPeriod = (text: string) => isPeriod(text, system) || isPeriod(text, system, "ahead");
  const isWhole = (text: string) => takes === "WHEN" && (isDate(text, system) || isAnyPeriod(text));
  return takeDateWords(cursor, takeRun(cursor, value), isWhole);
}

/** What stands behind the key without a space, or else the next word. Behind a sign that may be another argument. */
function takeBeginning(cursor: Cursor, { key, place, valuePlace, isQuoted, isSign }: Keyed, argument: number): Value {
  // A script with an unset variable must not find everything.
  if (valuePlace.length > 0 && isEmpty(valuePlace))
    throw refuseEmpty(key, { ...place, length: place.length - valuePlace.length });
  if (valuePlace.length > 0) return { place: valuePlace, isQuoted, argument };
  const next = cursor.items[cursor.at];
  const isValue = next && (next.piece.kind === "word" || next.piece.kind === "quoted");
  if (!isValue || isEmpty(next.piece.place) || !(isSign || next.argument === argument)) throw refuseEmpty(key, place);
  cursor.at += 1;
  return { place: next.piece.place, isQuoted: next.piece.kind === "quoted", argument: next.argument };
}

function isEmpty(place: Place): boolean {
  return place.length === 0 || textAt(place) === '""';
}

/** Words of the same argument belong to a value, but for those that are all terms by themselves. */
function takeRun(cursor: Cursor, value: Value): Value {
  const run = peekRun(cursor, value.argument);
  if (run.every(({ piece }) => readTermWord(textAt(piece.place)))) return value;
  cursor.at += run.length;
  return { ...value, place: spanTo(value.place, run) };
}

/** A date goes on over words that are terms, and over arguments of one word, as far as they make one date with it. */
function takeDateWords(cursor: Cursor, value: Value, isWhole: (text: string) => boolean): Value {
  const candidates = peekLoneWords(cursor);
  const words = candidates.map(({ piece }) => textAt(piece.place));
  const taken = candidates.slice(0, countDateWords(textAt(value.place), words, isWhole));
  cursor.at += taken.length;
  return { ...value, place: spanTo(value.place, taken) };
}

/** The place to the end of the last item. */
export function spanTo(place: Place, items: readonly Item[]): Place {
  const last = items.at(-1);
  return last ? span(place, last.piece.place) : place;
}
