import type { LocalTime } from "../../dates/local-time.ts";
import { attachComparisons } from "./attach-comparisons.ts";
import { type Cursor, peekRun } from "./cursor.ts";
import { type Place, type Term, type Text, textAt } from "./expression.ts";
import { readTermWord } from "./keys.ts";
import { type Item, type Keyed, type Piece, type Sign, span } from "./pieces.ts";
import { unescape, unescapeQuoted } from "./quotes.ts";
import { spanTo, takeValue } from "./take-value.ts";

/** What a filter is parsed from. */
export type Token = Sign | Term | Text;

/**
 * The tokens of the pieces of all arguments. Words of one argument are one text, or go on with the value before them. Only a date
 * goes on over arguments, as far as they make one date. Throws `invalid_input` for a key without a value.
 */
export function groupPieces(lexed: readonly (readonly Piece[])[], system: LocalTime): Token[] {
  const items = lexed.flatMap((pieces, argument) => pieces.map((piece) => ({ piece, argument })));
  const cursor: Cursor = { items: attachComparisons(items), at: 0 };
  const tokens: Token[] = [];
  for (let item = cursor.items[0]; item; item = cursor.items[cursor.at])
    tokens.push(...readTokens(cursor, item, system));
  return tokens;
}

/** The token that begins with the next item, or those of several words. Moves the cursor behind them. */
function readTokens(cursor: Cursor, { piece, argument }: Item, system: LocalTime): readonly Token[] {
  switch (piece.kind) {
    case "word":
    case "comparison":
      return readWords(cursor, argument);
    case "quoted":
      cursor.at += 1;
      return [toText(piece.place, true)];
    case "keyed":
      cursor.at += 1;
      return [readTerm(cursor, piece, argument, system)];
    case "open":
    case "close":
    case "and":
    case "or":
    case "not":
      cursor.at += 1;
      return [piece];
  }
}

/** Words are terms if each of them is one by itself. Otherwise they are one text. */
function readWords(cursor: Cursor, argument: number): readonly Token[] {
  const run = peekRun(cursor, argument);
  cursor.at += run.length;
  const terms = run.flatMap(({ piece }) => readTermWordAt(piece.place));
  if (terms.length === run.length) return terms;
  const [first] = run;
  return first ? [toText(spanTo(first.piece.place, run), false)] : [];
}

function readTermWordAt(place: Place): Term[] {
  const meaning = readTermWord(textAt(place));
  return meaning ? [{ kind: "term", ...meaning, operator: undefined, place, valuePlace: place }] : [];
}

function readTerm(cursor: Cursor, keyed: Keyed, argument: number, system: LocalTime): Term {
  const { key, operator } = keyed;
  const { place: valuePlace, isQuoted } = takeValue(cursor, keyed, argument, system);
  const value = readQuotable(valuePlace, isQuoted);
  return { kind: "term", key, operator, value, place: span(keyed.place, valuePlace), valuePlace };
}

function toText(place: Place, isQuoted: boolean): Text {
  return { kind: "text", text: readQuotable(place, isQuoted), isQuoted, place };
}

/** What stands at a place means. */
function readQuotable(place: Place, isQuoted: boolean): string {
  const typed = textAt(place);
  return isQuoted ? unescapeQuoted(typed.slice(1, -1)) : unescape(typed);
}
