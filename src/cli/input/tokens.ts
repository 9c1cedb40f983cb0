import { TodoError } from "../../domain/errors.ts";
import { findKey, NONE, splitKeyed } from "../../domain/keys.ts";
import { FIELD_KEYS, type FieldKey } from "../../domain/task/field-keys.ts";
import { findLevel } from "../../domain/task/priority-words.ts";
import { isTag } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import { joinDates } from "../../domain/dates/date-words.ts";

/** What a task has any number of beside its tags. An edit takes one off with `not:` before the word that adds it. */
const SEVERAL = FIELD_KEYS.filter((row) => "several" in row);
export type SeveralKey = (typeof SEVERAL)[number]["name"];

/** A word that sets a field, clears it, or adds or takes off one of several. */
export type Token = { readonly key: FieldKey | "tag" | "tags" | "untag" | `not:${SeveralKey}`; readonly value: string };

/** The words of an edit are those of a new task, and those that clear a field or take a tag off. */
export type Reading = "add" | "edit";

/** The tokens among arguments, and the text that is left of each argument that has any. */
export type Tokens = { readonly tokens: readonly Token[]; readonly kept: readonly string[] };

/** A word of an argument with the white space before it, or an argument that is one token. */
type Piece = {
  readonly argument: number;
  readonly isFirst: boolean;
  readonly text: string;
  readonly token: Token | undefined;
};

const UNTAGGED = /^not:\+(\S+)$/u;
/** `+1` and `+49` are words of a title: a tag has a letter. */
export const TAGGED = /^\+(?=.*\p{L})(\S+)$/u;

/** Takes the tokens out of arguments. White space between the words that are left stays. */
export function readTokens(args: readonly string[], reading: Reading, system: System): Tokens {
  const pieces = args.flatMap((text, argument) => splitArgument(text, argument, reading));
  const joined = joinDates(pieces, { dateOf, wordOf, extend }, system);
  const left = Map.groupBy(
    joined.filter(({ token }) => !token),
    ({ argument }) => argument,
  );
  return { tokens: joined.flatMap(({ token }) => token ?? []), kept: [...left.values()].map(joinText) };
}

/** The words of a new task that are left for its title. */
export function listTitleWords(args: readonly string[], system: System): string[] {
  return readTokens(args, "add", system).kept.flatMap((text) => text.split(/\s+/u));
}

function splitArgument(text: string, argument: number, reading: Reading): Piece[] {
  const token = readToken(text, reading);
  if (token) return [{ argument, isFirst: true, text, token }];
  const words = text.split(/(?=\s)(?<=\S)/u);
  return words.map((word, at) => ({
    argument,
    isFirst: at === 0,
    text: word,
    token: readToken(word.trimStart(), reading),
  }));
}

function dateOf({ token }: Piece): string | undefined {
  return token && isDateKey(token.key) ? token.value : undefined;
}

function isDateKey(key: Token["key"]): boolean {
  return FIELD_KEYS.some(({ name, takes }) => name === key && takes === "WHEN");
}

function wordOf({ token, text }: Piece): string {
  return token ? "" : text.trim();
}

function extend(piece: Piece, words: readonly string[]): Piece {
  const { token } = piece;
  return { ...piece, token: token && { ...token, value: [token.value, ...words].join(" ") } };
}

function joinText(pieces: readonly Piece[]): string {
  const text = pieces.map((piece) => piece.text).join("");
  return pieces[0]?.isFirst ? text : text.trimStart();
}

function readToken(word: string, reading: Reading): Token | undefined {
  const tag = TAGGED.exec(word)?.[1];
  if (tag !== undefined && isTag(tag)) return { key: "tag", value: tag };
  const untag = reading === "edit" ? UNTAGGED.exec(word)?.[1] : undefined;
  if (untag !== undefined) return { key: "untag", value: untag };
  const negated = reading === "edit" ? readNegated(word) : undefined;
  if (negated) return negated;
  if (word === "tags:") return { key: "tags", value: emptyValue("tags", reading) };
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
  if (isPlain) return { key, value: keyed.value || emptyValue(key, reading) };
  return /^\S/u.test(keyed.value) ? { key, value: keyed.value } : undefined;
}

/** One of several that is taken off: `not:depends:kqv`. */
function readNegated(word: string): Token | undefined {
  const outer = splitKeyed(word);
  const keyed = outer?.key.toLowerCase() === "not" ? splitKeyed(outer.value) : undefined;
  const key = keyed && findKey(keyed.key, SEVERAL);
  return keyed && key !== undefined && keyed.value !== "" ? { key: `not:${key}`, value: keyed.value } : undefined;
}

/** The meaning of a key without a value. A new task has nothing to clear, so there the value was forgotten. */
function emptyValue(key: FieldKey | "tags", reading: Reading): string {
  if (reading === "edit") return NONE;
  const example = FIELD_KEYS.find(({ name }) => name === key)?.example ?? "+home";
  throw new TodoError("usage", `${key}: has no value`, {
    hints: [
      `Write it without a space: ${example}. A value with spaces goes in quotes.`,
      `If it is text, it goes behind --: todo add -- ${key}: and the rest`,
    ],
  });
}
