import { TodoError } from "../errors.ts";
import { findKey } from "../keys.ts";
import { FIELD_KEYS, type FieldKey } from "../task/field-keys.ts";
import type { Argument, Span } from "./argument.ts";

/** A field whose value is in quotes that do not close. It goes on to the end of the text. */
export type Unclosed = Span & { readonly key: FieldKey };

/** A text as the arguments that a shell would make of it. */
export type SplitText = {
  readonly args: readonly Argument[];
  /** What stands behind `--`, which is all title. */
  readonly literal: readonly string[];
  readonly unclosed?: Unclosed;
};

type Word = Argument & { readonly unclosedKey?: FieldKey };

/** As for a shell, other white space is part of a word, such as the wide space (U+3000) of Japanese. */
const SPACES = /^[ \t\r\n]*/;
const WORD = /^[^ \t\r\n]*/;
const LITERAL = /^[ \t\r\n]*--(?![^ \t\r\n])[ \t\r\n]*/;
/** A key with a value in quotes, up to a quotation mark at the end of a word. */
const QUOTED = /^(\p{L}[\p{L}\p{N}._-]*):"((?:\\["\\]|(?!"(?!\S)).)*)("?)/su;
const ESCAPED = /\\(["\\])/g;

/**
 * Splits a text in which somebody typed a new task. The value of a field can stand in quotes, as in `project:"Side work"`, with `\"` and
 * `\\` for these signs; white space around it says nothing. Other quotes are part of the title. A text that begins with `--` is all title.
 */
export function splitText(text: string): SplitText {
  const dashes = LITERAL.exec(text)?.[0];
  if (dashes !== undefined) {
    const title = text.slice(dashes.length).replace(/[ \t\r\n]+$/, "");
    return { args: [], literal: title === "" ? [] : [title] };
  }
  const args: Argument[] = [];
  for (let at = skipSpaces(text, 0); at < text.length;) {
    const { unclosedKey: key, ...word } = readWord(text, at);
    if (key !== undefined) return { args, literal: [], unclosed: { key, at, length: word.length } };
    args.push(word);
    at = skipSpaces(text, at + word.length);
  }
  return { args, literal: [] };
}

/** The error for quotes that do not close, in the text where they stand. */
export function explainUnclosed({ key, at, length }: Unclosed, text: string): TodoError {
  return new TodoError("usage", 'the " of the value does not close', {
    hints: [`Write it such as ${key}:"two words".`],
    excerpt: { text, at, length },
  });
}

function readWord(text: string, at: number): Word {
  const rest = text.slice(at);
  const [whole = "", typed = "", value = "", quote] = QUOTED.exec(rest) ?? [];
  const key = findKey(typed, FIELD_KEYS);
  if (key === undefined) {
    const word = WORD.exec(rest)?.[0] ?? "";
    return { text: word, at, length: word.length };
  }
  const word = { text: `${typed}:${value.replace(ESCAPED, "$1").trim()}`, at, length: whole.length };
  return quote === "" ? { ...word, unclosedKey: key } : word;
}

function skipSpaces(text: string, at: number): number {
  return at + (SPACES.exec(text.slice(at))?.[0].length ?? 0);
}
