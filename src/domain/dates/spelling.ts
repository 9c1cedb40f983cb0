import { findNearest } from "../nearest.ts";

/** Words that people misspell. */
const LONG_WORDS =
  `today tomorrow tmrw yesterday tonight weekend noon midnight this next last after day days week weeks month months year years
  hour hours minute minutes monday tuesday wednesday thursday friday saturday sunday january february march april may june
  july august september october november december`.split(/\s+/);

/** Words that are right as they are. Too many others are near them for a guess. */
const SHORT_WORDS = new Set(
  `now ago the eod eow eom eoq eoy sow som soq soy mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
  sept oct nov dec due min mins hrs`.split(/\s+/),
);

const WORD = /(\p{L}{3,})/u;
const MAX_SPELLINGS = 3;

/** The text with its misspelt words put right, in each way that is as near. Whether one is a date is not looked at. */
export function spellAgain(text: string): string[] {
  return text
    .split(WORD)
    .reduce<string[]>(
      (spellings, piece) =>
        spellings.flatMap((before) => spellWord(piece).map((word) => before + word)).slice(0, MAX_SPELLINGS),
      [""],
    )
    .filter((spelling) => spelling !== text);
}

/** The first letter of a word is seldom wrong, and `soon` is not a misspelt noon. */
function spellWord(word: string): readonly string[] {
  if (!WORD.test(word) || SHORT_WORDS.has(word)) return [word];
  const nearest = findNearest(
    word,
    LONG_WORDS.filter((known) => known[0] === word[0]),
  );
  return nearest.length === 0 ? [word] : nearest;
}
