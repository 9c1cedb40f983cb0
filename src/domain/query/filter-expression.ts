import { findKey, splitKeyed } from "../keys.ts";
import { TERM_KEYS, TERM_WORDS } from "./terms.ts";
import { findLevel } from "../task/priority-words.ts";

/**
 * True for terms in one argument and for one in brackets, which nobody looks for as they stand: `+a|+b`, `project:A +b`,
 * `today or overdue`. Words that are no terms may stand in a name: `project:House or garden`.
 */
export function isExpression(text: string): boolean {
  // Judged without it, because what it turns round may be in quotes.
  if (/^not:/i.test(text)) return false;
  const bare = text.replace(/^[(!\s]+/, "");
  if (bare !== text && isMarked(bare)) return true;
  if (/^\+\S+\s/u.test(bare)) return true;
  const words = bare.split(/[\s|&]+/);
  const [first = "", ...others] = words.filter((word) => !/^(?:or|and)$/i.test(word));
  if (others.length === 0 || !isTerm(first)) return false;
  const isJoined = /[|&]/.test(bare) || others.length + 1 < words.length;
  // `+1` is more often a number than a tag.
  return others.some((word) => isMarked(word) && !/^\+\d/.test(word)) || (isJoined && others.every(isTerm));
}

/** True for a word that has a meaning of its own in a filter. */
export function isTerm(word: string): boolean {
  const isNamed = TERM_WORDS.some(({ name }) => name === word.toLowerCase());
  return isNamed || isMarked(word) || findLevel(word) !== undefined;
}

/** True for what stands nowhere but in filters: a tag, and a key that there is. */
function isMarked(text: string): boolean {
  return /^\+\S/u.test(text) || findKey(splitKeyed(text)?.key ?? "", TERM_KEYS) !== undefined;
}
