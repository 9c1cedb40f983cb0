import { joinDates } from "../dates/date-words.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { TodoError } from "../errors.ts";
import { findKey, NONE, splitKeyed } from "../keys.ts";
import { FIELD_KEYS, type FieldKey } from "../task/field-keys.ts";
import { findLevel } from "../task/priority-words.ts";
import { isTag } from "../task/task.ts";
import { type Argument, type Span, sliceArgument, spanOf } from "./argument.ts";

/** What a task has any number of beside its tags. An edit takes one off with `not:` before the word that adds it. */
const SEVERAL = FIELD_KEYS.filter((row) => "several" in row);
export type SeveralKey = (typeof SEVERAL)[number]["name"];

/** A word that sets a field, clears it, or adds or takes off one of several. Without a value it says nothing. */
export type Token = { readonly key: FieldKey | "tag" | "tags" | "untag" | `not:${SeveralKey}`; readonly value: string };

/** A token and its place. */
export type PlacedToken = Token & Span;

/** The words of an edit are those of a new task, and those that clear a field or take a tag off. */
export type Reading = "add" | "edit";

/** The tokens among arguments, and the text that is left of each argument that has any. */
export type Tokens = { readonly tokens: readonly PlacedToken[]; readonly kept: readonly string[] };

/** A word of an argument with the white space before it, or an argument that is one token. */
type Piece = Span & {
  readonly argument: number;
  readonly isFirst: boolean;
  readonly text: string;
  readonly token: Token | undefined;
};

const UNTAGGED = /^not:\+(\S+)$/u;
/** `+1` and `+49` are words of a title: a tag has a letter. */
export const TAGGED = /^\+(?=.*\p{L})(\S+)$/u;

/** Takes the tokens out of arguments. White space between the words that are left stays. */
export function readTokens(args: readonly Argument[], reading: Reading, system: LocalTime): Tokens {
  const pieces = args.flatMap((argument, at) => splitArgument(argument, at, reading));
  const joined = joinDates(pieces, { dateOf, wordOf, extend }, system);
  const left = Map.groupBy(
    joined.filter(({ token }) => !token),
    ({ argument }) => argument,
  );
  const tokens = joined.flatMap(({ token, at, length }) => (token ? [{ ...token, at, length }] : []));
  return { tokens, kept: [...left.values()].map(joinText) };
}

/** The words of a new task that are left for its title. */
export function listTitleWords(args: readonly Argument[], system: LocalTime): string[] {
  return readTokens(args, "add", system).kept.flatMap((text) => text.split(/\s+/u));
}

/** Throws `usage` for a key of a new task without a value: there is nothing to clear, so the value was forgotten. */
export function refuseEmpty(tokens: readonly Token[]): void {
  const empty = tokens.find(({ value }) => value === "");
  if (!empty) return;
  const { key } = empty;
  const example = FIELD_KEYS.find(({ name }) => name === key)?.example ?? "+home";
  throw new TodoError("usage", `${key}: has no value`, {
    hints: [
      `Write it without a space: ${example}. A value with spaces goes in quotes.`,
      `If it is text, it goes behind --: todo add -- ${key}: and the rest`,
    ],
  });
}

function splitArgument(whole: Argument, argument: number, reading: Reading): Piece[] {
  const { text } = whole;
  const token = readToken(text, reading);
  if (token) return [{ ...whole, argument, isFirst: true, token }];
  return [...text.matchAll(/^\s*\S*|\s+\S*/gu)].map(({ 0: spaced, index }) => {
    const word = spaced.trimStart();
    const end = index + spaced.length;
    const { at, length } = sliceArgument(whole, end - word.length, end);
    return { argument, isFirst: index === 0, text: spaced, token: readToken(word, reading), at, length };
  });
}

function dateOf({ token }: Piece): string | undefined {
  return token && token.value !== "" && isDateKey(token.key) ? token.value : undefined;
}

function isDateKey(key: Token["key"]): boolean {
  return FIELD_KEYS.some(({ name, takes }) => name === key && takes === "WHEN");
}

function wordOf({ token, text }: Piece): string {
  return token ? "" : text.trim();
}

function extend(piece: Piece, behind: readonly Piece[]): Piece {
  const { token } = piece;
  return {
    ...piece,
    ...spanOf(piece, behind.at(-1) ?? piece),
    token: token && { ...token, value: [token.value, ...behind.map(wordOf)].join(" ") },
  };
}

function joinText(pieces: readonly Piece[]): string {
  const text = pieces.map((piece) => piece.text).join("");
  return pieces[0]?.isFirst ? text : text.trimStart();
}

/** The token that a word or a whole argument is. */
export function readToken(word: string, reading: Reading): Token | undefined {
  const tag = TAGGED.exec(word)?.[1];
  if (tag !== undefined && isTag(tag)) return { key: "tag", value: tag };
  const untag = reading === "edit" ? UNTAGGED.exec(word)?.[1] : undefined;
  if (untag !== undefined) return { key: "untag", value: untag };
  const negated = reading === "edit" ? readNegated(word) : undefined;
  if (negated) return negated;
  if (word === "tags:") return { key: "tags", value: valueOf("", reading) };
  return findLevel(word) === undefined ? readKeyed(word, reading) : { key: "priority", value: word };
}

/**
 * A key in another form than its name is more likely a word of the title if no value is behind it: `Project: plan it`.
 * Words of an edit are no title, so there `pri:` clears as `priority:` does.
 */
function readKeyed(word: string, reading: Reading): Token | undefined {
  const keyed = splitKeyed(word);
  const key = keyed && findKey(keyed.key, FIELD_KEYS);
  if (!keyed || key === undefined) return undefined;
  const isPlain = keyed.key === key || (reading === "edit" && keyed.key === keyed.key.toLowerCase());
  if (isPlain) return { key, value: valueOf(keyed.value, reading) };
  return /^\S/u.test(keyed.value) ? { key, value: keyed.value } : undefined;
}

/** One of several that is taken off: `not:depends:kqv`. */
function readNegated(word: string): Token | undefined {
  const outer = splitKeyed(word);
  const keyed = outer?.key.toLowerCase() === "not" ? splitKeyed(outer.value) : undefined;
  const key = keyed && findKey(keyed.key, SEVERAL);
  return keyed && key !== undefined && keyed.value !== "" ? { key: `not:${key}`, value: keyed.value } : undefined;
}

/** A key without a value clears its field in an edit. */
function valueOf(typed: string, reading: Reading): string {
  return typed === "" && reading === "edit" ? NONE : typed;
}
