import { type Excerpt, hasCode, TodoError } from "../../errors.ts";
import { quoteShort, shorten } from "../../task/text.ts";
import { adviseOn } from "./advice.ts";

/** A word, a number or a sign of a rule, in lower case, and where it begins in the text. */
export type Token = { readonly word: string; readonly start: number };

/** The words of a rule, and the place up to which they are read. */
export type Reader = { readonly text: string; readonly tokens: readonly Token[]; position: number };

/** Why the text is refused. `at` is the token that is wrong, else it is the next one. */
type Refusal = {
  readonly at?: number | undefined;
  readonly message?: string;
  readonly advice?: readonly string[];
};

const TOKEN = /\d{4}-\d{2}-\d{2}|\d+:\d+|\d+(?:st|nd|rd|th)?|\p{L}+|\S/giu;
const MAX_CHARACTERS = 1000;
const MAX_SHOWN_CHARACTERS = 80;

/** Throws `invalid_input` for a text that is far too long for a rule. */
export function createReader(typed: string): Reader {
  const text = typed.trim().replace(/\s+/g, " ");
  if (text.length > MAX_CHARACTERS) {
    throw new TodoError("invalid_input", `a rule for repeating has at most ${MAX_CHARACTERS} characters`);
  }
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ word: match[0].toLowerCase(), start: match.index }));
  return { text, tokens, position: 0 };
}

/** The next word, or the one so many words behind it. Empty behind the end. */
export function peek(reader: Reader, ahead = 0): string {
  return reader.tokens[reader.position + ahead]?.word ?? "";
}

export function isAtEnd(reader: Reader): boolean {
  return reader.position >= reader.tokens.length;
}

/** Reads the next word, if it is one of these. */
export function take(reader: Reader, ...words: readonly string[]): boolean {
  if (isAtEnd(reader) || !words.includes(peek(reader))) return false;
  reader.position += 1;
  return true;
}

/** What `read` returns. If that is undefined, nothing was read. */
export function attempt<Result>(reader: Reader, read: () => Result | undefined): Result | undefined {
  const { position } = reader;
  const result = read();
  if (result === undefined) reader.position = position;
  return result;
}

/** The items that stand behind each other with commas or `and` between them. Empty if none begins here. */
export function readList<Item>(reader: Reader, readItem: () => Item | undefined): Item[] {
  const items: Item[] = [];
  let item = attempt(reader, readItem);
  while (item !== undefined) {
    items.push(item);
    item = attempt(reader, () => (takeSeparator(reader) ? readItem() : undefined));
  }
  return items;
}

function takeSeparator(reader: Reader): boolean {
  const comma = take(reader, ",");
  return take(reader, "and", "&") || comma;
}

/** The text as it was typed, from one token up to another, which is not part of it. */
export function sliceText({ text, tokens }: Reader, from: number, to: number): string {
  return text.slice(tokens[from]?.start ?? text.length, tokens[to]?.start ?? text.length).trim();
}

/** Throws `invalid_input`, which shows the place of the word that is wrong and says what to write instead. */
export function refuse(reader: Reader, { at = reader.position, message, advice }: Refusal = {}): never {
  const token = reader.tokens[at];
  const hints = advice ?? adviseOn(token?.word ?? "");
  const problem = token ? `${quoteShort(token.word)} is not understood` : "something is missing at the end";
  throw new TodoError("invalid_input", `every: ${message ?? problem}`, {
    hints,
    excerpt: findPlace(reader.text, token),
  });
}

/** What `read` returns. Its own refusal gets the place of the token and the advice. */
export function orRefuse<Result>(reader: Reader, refusal: Refusal, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!hasCode(error, "invalid_input")) throw error;
    return refuse(reader, { ...refusal, message: shorten(error.message, MAX_SHOWN_CHARACTERS) });
  }
}

/** The place of the token, or behind the text. A text without a word shows none. */
function findPlace(text: string, token: Token | undefined): Excerpt | undefined {
  if (text === "") return undefined;
  return { text, at: token?.start ?? text.length, length: token?.word.length ?? 0 };
}
