import { TodoError } from "../errors.ts";

/** Text that a reader can't see: white space, and format and default-ignorable characters such as ZERO WIDTH SPACE. */
const INVISIBLE = /^[\p{White_Space}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}]*$/u;

/** A longer text would hide the error that repeats it. */
const MAX_QUOTED_CHARACTERS = 80;

/** Decodes UTF-8. Throws `invalid_input`, which names the input as `what`, if the bytes are not UTF-8. */
export function decodeUtf8(what: string, bytes: Uint8Array, hints: readonly string[] = []): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TodoError("invalid_input", `${what} is not UTF-8 text`, { hints, cause });
  }
}

/** The order of texts as JavaScript compares them, by UTF-16 units. Of ASCII, such as dates and ids, it is that of databases. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Length in Unicode code points, the unit of every limit. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The text as it is stored: exactly as it was typed, in NFC. Throws `invalid_input` for NUL and lone surrogates
 * (PostgreSQL stores neither) and for more than `max` code points.
 */
export function cleanText(field: string, text: string, max: number): string {
  if (text.includes("\0")) throw new TodoError("invalid_input", `${field} contains a NUL character`);
  if (!text.isWellFormed()) throw new TodoError("invalid_input", `${field} contains half of a surrogate pair`);
  const clean = text.normalize("NFC");
  const length = clean.length > max ? countCodePoints(clean) : clean.length;
  if (length > max) {
    throw new TodoError("invalid_input", `${field} has ${length} characters, at most ${max} are allowed`);
  }
  return clean;
}

/** The text, or its first `max` UTF-16 units and an ellipsis. No character is cut in half. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** The beginning of a text that somebody wrote, in quotes, for an error. */
export function quoteShort(text: string): string {
  return JSON.stringify(shorten(text, MAX_QUOTED_CHARACTERS));
}

/** Letters that are no others with accents, and how people type them who have no such key. ς is the σ at the end of a word. */
export const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ς: "σ",
  ı: "i",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ħ: "h",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/** The accents of NFD, as a range in a pattern. The marks of other scripts make other letters, so they stay. */
export const ACCENTS = "\\u0300-\\u036f";

const ASCII = /^[\0-\x7f]*$/;
const ACCENTS_AND_LETTERS = new RegExp(`[${ACCENTS}${Object.keys(PLAIN_LETTERS).join("")}]`, "g");

/** A tag or a project as names are compared: in lower case, each letter by itself. */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll("ς", "σ");
}

/** A text as a search compares it: in lower case and without accents, in NFC. `uber` is in `Über`, `strasse` in `Straße`. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  // Most texts, for which that is all.
  if (ASCII.test(lower)) return lower;
  const plain = lower.normalize("NFD").replace(ACCENTS_AND_LETTERS, (sign) => PLAIN_LETTERS[sign] ?? "");
  return plain.normalize("NFC");
}

/** Between a folded title and its folded description. No folded text has a capital, so no search finds one that lies across both. */
export const FOLD_SEPARATOR = "A";

/** Digits to which the numbers in a title are padded, so that 2 comes before 10. Longer ones are compared as texts. */
export const NUMBER_DIGITS = 15;

/** What titles are ordered by, as people order them: without case and accents, and numbers by how large they are. */
export function titleKey(title: string): string {
  return padNumbers(foldText(title));
}

/** The same of a title that is folded. */
export function padNumbers(folded: string): string {
  return folded.replace(/[0-9]+/g, (digits) => digits.replace(/^0+/, "").padStart(NUMBER_DIGITS, "0"));
}

/** True if all of the text is invisible. */
export function isBlank(text: string): boolean {
  return INVISIBLE.test(text);
}

/** `1 task`, `42 tasks` */
export function formatTaskCount(count: number): string {
  return count === 1 ? "1 task" : `${count} tasks`;
}

/** The word with a capital at its beginning. */
export function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
