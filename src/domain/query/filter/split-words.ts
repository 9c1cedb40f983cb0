import { dropEscaped, findClosingQuote } from "./quotes.ts";

/** A sign before a word without a space: a parenthesis that opens, or one that turns round. */
export type Prefix = { readonly kind: "open" | "not"; readonly at: number; readonly length: number };

/**
 * A word of an argument, without the signs around it. Its text may be empty if only signs are there. `quoteAt` is where its quoted
 * part begins in `raw`, which may have spaces. `closing` are the parentheses behind it that close.
 */
export type Word = {
  readonly prefixes: readonly Prefix[];
  readonly at: number;
  readonly raw: string;
  readonly quoteAt?: number;
  readonly closing: number;
};

const SPACES = /^\s*/u;
const SIGN = /^(?:\(|!(?!=)|not:(?=\S))/iu;
/** A key with a colon or a sign, or a sign alone, before a value. */
const HEAD = /^(?:\p{L}[\p{L}\p{N}._-]*:|(?:\p{L}[\p{L}.]*)?(?:==?|[<>]=?|!=))/u;
const TO_SPACE = /^\S*/u;
const CLOSING = /^\)*/u;

/** The words of an argument in their order. `depth` is how many parentheses are open before it. */
export function splitWords(text: string, depth: number): Word[] {
  const words: Word[] = [];
  let open = depth;
  let at = match(SPACES, text, 0).length;
  while (at < text.length) {
    const word = scanWord(text, at, open);
    words.push(word);
    open += countOpened(word);
    at = word.at + word.raw.length + word.closing;
    at += match(SPACES, text, at).length;
  }
  return words;
}

/** How many parentheses more are open behind a word than before it. */
export function countOpened({ prefixes, closing }: Word): number {
  return countOpening(prefixes) - closing;
}

function countOpening(prefixes: readonly Prefix[]): number {
  return prefixes.filter(({ kind }) => kind === "open").length;
}

function scanWord(text: string, start: number, depth: number): Word {
  const prefixes = scanPrefixes(text, start);
  const last = prefixes.at(-1);
  const at = last ? last.at + last.length : start;
  const open = depth + countOpening(prefixes);
  const quoteAt = at + match(HEAD, text, at).length;
  const end = text[quoteAt] === '"' ? findClosingQuote(text, quoteAt) : undefined;
  if (end !== undefined) {
    const closing = Math.min(match(CLOSING, text, end + 1).length, open);
    return { prefixes, at, raw: text.slice(at, end + 1), quoteAt: quoteAt - at, closing };
  }
  const whole = match(TO_SPACE, text, at);
  const closing = Math.min(countUnmatched(whole), open);
  return { prefixes, at, raw: whole.slice(0, whole.length - closing), closing };
}

function scanPrefixes(text: string, start: number): Prefix[] {
  const prefixes: Prefix[] = [];
  let at = start;
  for (let sign = match(SIGN, text, at); sign !== ""; sign = match(SIGN, text, at)) {
    prefixes.push({ kind: sign === "(" ? "open" : "not", at, length: sign.length });
    at += sign.length;
  }
  return prefixes;
}

/** How many parentheses at the end of a word close none that opens in it: none of `f(x)`. */
export function countUnmatched(word: string): number {
  const bare = dropEscaped(word);
  const behind = bare.length - bare.replace(/\)+$/, "").length;
  const unmatched = bare.split(")").length - bare.split("(").length;
  return Math.max(0, Math.min(behind, unmatched));
}

/** What a pattern finds at a place, or an empty text. */
function match(pattern: RegExp, text: string, at: number): string {
  return pattern.exec(text.slice(at))?.[0] ?? "";
}
