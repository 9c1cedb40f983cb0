import { TodoError } from "../../domain/errors.ts";
import type { Keyed } from "../../domain/keys.ts";
import { findNearest, suggestOneOf } from "../../domain/nearest.ts";
import { listTerms, TERM_KEYS, type TermKey } from "../../domain/query/terms.ts";
import { quoteShort, shorten } from "../../domain/task/text.ts";

const NAMES = TERM_KEYS.map(({ name }) => name);
const MAX_SHOWN_CHARACTERS = 80;

const TEXT = "Text goes behind --: todo list -- WORDS";
const SEVERAL = "Each term is an argument of its own, and all must hold: todo list +home due:friday";

/** The words by which other programs join terms, and what to write here. */
const OPERATORS = new Map([
  ["or", "All terms must hold. Ask for each alone."],
  ["and", "It stands between two terms, where it may be left out."],
  ["not", "Did you mean not:TERM, such as not:+home?"],
]);
const SIGNS = new Map([
  ["|", "or"],
  ["||", "or"],
  ["&", "and"],
  ["&&", "and"],
  ["!", "not"],
]);

/** The keys that other programs have for tags. */
const TAG_KEYS = new Set(["tag", "tags", "label"]);

/** The error for a word that joins terms elsewhere, or undefined for any other term. */
export function refuseOperator(term: string): TodoError | undefined {
  const word = term.toLowerCase();
  const advice = OPERATORS.get(SIGNS.get(word) ?? word);
  return advice === undefined ? undefined : notATerm(quoteShort(term), [advice]);
}

/** The error for terms in one argument. */
export function severalTerms(text: string): TodoError {
  return notATerm(quoteShort(text), [SEVERAL]);
}

/** The error for a key without a value. */
export function emptyTerm(name: TermKey): TodoError {
  const example = TERM_KEYS.find((key) => key.name === name)?.example;
  return new TodoError("invalid_input", `${name}: needs a value, such as ${example}`, { hints: [TEXT] });
}

/** The error for a key that is none, with the nearest that there are. */
export function unknownTerm({ key, value }: Keyed): TodoError {
  const shown = shorten(key, MAX_SHOWN_CHARACTERS);
  const nearest = suggestTerms(key.toLowerCase(), shorten(value, MAX_SHOWN_CHARACTERS));
  return notATerm(`${shown}:`, suggestOneOf(nearest));
}

function suggestTerms(key: string, value: string): string[] {
  if (TAG_KEYS.has(key)) return [`+${value}`];
  const [family = ""] = key.split(".", 1);
  const near = findNearest(key, NAMES);
  const names = near.length > 0 ? near : NAMES.filter((name) => name.startsWith(`${family}.`));
  return names.map((name) => `${name}:${value}`);
}

function notATerm(shown: string, advice: readonly string[]): TodoError {
  const terms = `Terms: ${listTerms()}.`;
  return new TodoError("invalid_input", `${shown} is no filter term`, { hints: [...advice, terms, TEXT] });
}
