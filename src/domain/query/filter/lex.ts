import type { Place } from "./expression.ts";
import type { Piece, Sign } from "./pieces.ts";
import { readPiece } from "./read-piece.ts";
import { countOpened, splitWords, type Word } from "./split-words.ts";

/** Where something stands in the text of all arguments. */
type Locate = (at: number, length: number) => Place;

/** The pieces of each argument, of which an empty one is a word too. All share the places of one text, in which a space stands between two arguments. */
export function lexArguments(texts: readonly string[], whole: string): Piece[][] {
  const lexed: Piece[][] = [];
  let start = 0;
  let depth = 0;
  for (const text of texts) {
    const from = start;
    const words = splitWords(text, depth);
    const locate: Locate = (at, length) => ({ text: whole, at: from + at, length });
    const pieces = words.flatMap((word) => readWord(word, locate, words.length === 1));
    lexed.push(pieces.length > 0 ? pieces : [{ kind: "word", place: locate(0, 0) }]);
    depth += words.reduce((sum, word) => sum + countOpened(word), 0);
    start += text.length + 1;
  }
  return lexed;
}

function readWord({ prefixes, at, raw, quoteAt, closing }: Word, locate: Locate, isAlone: boolean): Piece[] {
  const end = at + raw.length;
  const before = prefixes.map((prefix): Sign => ({ kind: prefix.kind, place: locate(prefix.at, prefix.length) }));
  const body = raw === "" ? [] : [readPiece(raw, quoteAt, locate(at, raw.length), isAlone)];
  const closers = Array.from({ length: closing }, (_, nth): Sign => ({ kind: "close", place: locate(end + nth, 1) }));
  return [...before, ...body, ...closers];
}
