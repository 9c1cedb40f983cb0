import { TodoError } from "../../errors.ts";
import { findKey, type Keyed, NONE, writeKeyed } from "../../keys.ts";
import { findNearest, findSuggestion, suggestOneOf } from "../../nearest.ts";
import { quoteShort, shorten } from "../../task/text.ts";
import { suggestTags, TAG_KEYS } from "../suggest-tags.ts";
import { findTerm, listKeyNames, listTerms, OPERATORS, TERM_KEYS, type TermKey } from "../terms.ts";
import { type Place, textAt } from "./expression.ts";

const MAX_SHOWN_CHARACTERS = 80;

const TEXT = "Text that looks like a term goes in quotes, or behind --: todo list -- WORDS";

/** The words by which other programs name a list of tasks, and what to write here. */
const LISTS = new Map([
  ["all", "status:all"],
  ["cancelled", "status:cancelled"],
  ["completed", "status:completed"],
  ["deleted", "status:deleted"],
  ["done", "status:completed"],
  ["open", "status:pending"],
  ["pending", "status:pending"],
  ["upcoming", "todo upcoming"],
]);

/** The keys that other programs have for what words alone look for here. */
const TEXT_KEYS = new Set(["body", "desc"]);

/** What other programs have behind a key. */
const OTHER_OPERATORS = new Map([["until", "by"]]);

/** The error for what stands at a place of a filter. */
export function refuseAt(place: Place, message: string, hints: readonly string[] = []): TodoError {
  return placeError(new TodoError("invalid_input", message, { hints }), place);
}

/** The same error with its place in the filter. */
export function placeError({ code, message, hints, cause }: TodoError, { saved, text, at, length }: Place): TodoError {
  const said = saved === undefined ? message : `in the filter ${quoteShort(saved)}: ${message}`;
  const suggestion = findSuggestion(hints);
  return new TodoError(code, said, {
    hints,
    issues: [{ path: "filter", message: said, at, length, ...(suggestion !== undefined && { suggestion }) }],
    excerpt: { text, at, length },
    cause,
  });
}

/** What `read` returns. Its errors get the place. */
export function readAt<Result>(place: Place, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof TodoError ? placeError(error, place) : error;
  }
}

/** The error for a word alone that is a list of tasks in other programs, such as `completed`. Nobody looks for it as text. */
export function refuseLoneWord(word: string, place: Place): TodoError | undefined {
  const meant = LISTS.get(word.toLowerCase());
  return meant === undefined ? undefined : notATerm(quoteShort(word), place, suggestOneOf([meant]));
}

/** The error for a key without a value, as it is typed at the place. */
export function refuseEmpty(key: TermKey, place: Place): TodoError {
  const typed = textAt(place);
  const { example } = findTerm(key);
  return refuseAt(place, `${typed} needs a value, such as ${typed}${example.slice(example.indexOf(":") + 1)}`, [TEXT]);
}

/** The error for a word with a colon that is no term, with the nearest that there are. */
export function refuseUnknown({ key, value }: Keyed, place: Place): TodoError {
  const shown = shorten(key, MAX_SHOWN_CHARACTERS);
  const nearest = suggestTerms(key.toLowerCase(), shorten(value, MAX_SHOWN_CHARACTERS));
  return notATerm(`${shown}:`, { ...place, length: key.length + 1 }, suggestOneOf(nearest));
}

/** The error for a key that is near one that there is, with a sign behind it. */
export function refuseUnknownSign(key: string, near: readonly string[], place: Place): TodoError {
  return notATerm(shorten(key, MAX_SHOWN_CHARACTERS), { ...place, length: key.length }, suggestOneOf(near));
}

/** The error for a sign that a key does not take as it is typed. */
export function refuseSign(key: TermKey, typed: string, sign: string, place: Place): TodoError {
  const { operators, example } = findTerm(key);
  const signs = OPERATORS.flatMap((each) => (each.sign && operators.includes(each.name) ? [each.sign] : []));
  return refuseAt(place, `${typed} can't be compared with ${sign}`, [
    `${key} takes ${[":", ...signs].join(", ")}: ${example}`,
  ]);
}

/** The error for two terms with a sign between them and no spaces. */
export function refuseGlued(sign: string, place: Place): TodoError {
  return refuseAt(place, `"${sign}" joins terms only with a space on both sides`, [TEXT]);
}

function suggestTerms(name: string, value: string): string[] {
  if (TAG_KEYS.has(name)) return value === "" ? ["+TAG"] : suggestTags(value);
  if (TEXT_KEYS.has(name)) return [writeKeyed({ key: "text", value: value === "" ? "WORDS" : value })];
  if (name === "no")
    return TERM_KEYS.flatMap((row) => (row.name === value.toLowerCase() ? [`${row.name}:${NONE}`] : []));
  return suggestKeys(name).map((key) => writeKeyed({ key, value }));
}

/** The keys that are spelled most like a word, or those with another word of comparison. */
function suggestKeys(name: string): string[] {
  const [family = "", operator = ""] = name.split(".", 2);
  const key = findKey(family, TERM_KEYS);
  const meant = OTHER_OPERATORS.get(operator);
  if (key !== undefined && meant !== undefined) return [`${key}.${meant}`];
  const names = listKeyNames();
  const near = findNearest(name, names);
  if (near.length > 0 || key === undefined) return near;
  return names.filter((each) => each.startsWith(`${key}.`));
}

function notATerm(shown: string, place: Place, advice: readonly string[]): TodoError {
  return refuseAt(place, `${shown} is no filter term`, [...advice, `Terms: ${listTerms()}.`, TEXT]);
}
