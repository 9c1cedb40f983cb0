/** Of so many letters one may be wrong. With more of them almost any short word would be near. */
const LETTERS_PER_MISTAKE = 3;

const SUGGESTION = "Did you mean ";

/**
 * Those of the known words that are spelled most like a word, in their order. None if all are too far away. A letter
 * that is missing, added, changed or swapped with its neighbour is one mistake. Case does not count.
 */
export function findNearest(word: string, known: readonly string[]): string[] {
  const likely = known.filter((candidate) => differInLength(word, candidate) <= allowMistakes(word, candidate));
  const distances = likely.map((candidate) => [candidate, countMistakes(word, candidate)] as const);
  const near = distances.filter(([candidate, mistakes]) => mistakes <= allowMistakes(word, candidate));
  const fewest = Math.min(...near.map(([, mistakes]) => mistakes));
  return near.filter(([, mistakes]) => mistakes === fewest).map(([candidate]) => candidate);
}

/** As many letters are missing or added at least. */
function differInLength(word: string, candidate: string): number {
  return Math.abs(word.length - candidate.length);
}

/** The hint for an unknown word: `Did you mean list?`. Empty if no known word is near. */
export function suggestNearest(word: string, known: readonly string[]): string[] {
  return suggestOneOf(findNearest(word, known));
}

/** The hint that one of these was meant: `Did you mean list or log?`. Empty if there is none. */
export function suggestOneOf(choices: readonly string[]): string[] {
  return choices.length === 0 ? [] : [`${SUGGESTION}${choices.join(" or ")}?`];
}

/** The hint among others that says what may be meant, if there is one. */
export function findSuggestion(hints: readonly string[]): string | undefined {
  return hints.find((hint) => hint.startsWith(SUGGESTION));
}

/** A word of one letter resembles nothing: another letter is another word. */
function allowMistakes(word: string, candidate: string): number {
  const letters = Math.max(word.length, candidate.length);
  return Math.min(word.length - 1, Math.max(1, Math.floor(letters / LETTERS_PER_MISTAKE)));
}

/** The Damerau–Levenshtein distance, in which no part of a word is changed twice. */
function countMistakes(word: string, candidate: string): number {
  const one = word.toLowerCase();
  const other = candidate.toLowerCase();
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && one[row - 2] === other[column - 1] && one[row - 1] === other[column - 2];
      next[column] = Math.min(
        (next[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
