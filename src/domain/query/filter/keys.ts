import { findKey, splitKeyed } from "../../keys.ts";
import { findLevel } from "../../task/priority-words.ts";
import {
  findTerm,
  OPERATORS,
  type OperatorName,
  TERM_KEYS,
  TERM_WORDS,
  type TermField,
  type TermKey,
} from "../terms.ts";

/** A key as it is typed before a colon: alone, or with a word of comparison as in `due.before`. */
export type TypedKey = { readonly key: TermKey; readonly operator: OperatorName | undefined };

/** What one word means by itself, such as `overdue` or `p1`. */
export type WordMeaning = { readonly key: TermField; readonly value: string };

/** The key that is meant, in any case and in short, or undefined if there is none with this word of comparison. */
export function readKey(typed: string): TypedKey | undefined {
  const [name = "", word, ...more] = typed.toLowerCase().split(".");
  const key = findKey(name, TERM_KEYS);
  if (key === undefined || more.length > 0) return undefined;
  if (word === undefined) return { key, operator: undefined };
  const operator = OPERATORS.find((each) => each.name === word)?.name;
  return operator && findTerm(key).operators.includes(operator) ? { key, operator } : undefined;
}

/** The comparison that a sign means. `==` is what other programs write for `=`. */
export function readSign(sign: string): OperatorName | undefined {
  return OPERATORS.find((each) => each.sign === (sign === "==" ? "=" : sign))?.name;
}

/** What a word alone means in a filter, or undefined for a text. */
export function readTermWord(word: string): WordMeaning | undefined {
  const known = TERM_WORDS.find(({ name }) => name === word.toLowerCase());
  if (known) return known;
  return findLevel(word) === undefined ? undefined : { key: "priority", value: word };
}

/** True for a word that has a meaning of its own in a filter. */
export function isTerm(word: string): boolean {
  return isMarked(word) || readTermWord(word) !== undefined;
}

/** True for what stands nowhere but in filters: a tag, and a key that there is. */
export function isMarked(text: string): boolean {
  return /^\+\S/u.test(text) || readKey(splitKeyed(text)?.key ?? "") !== undefined;
}
