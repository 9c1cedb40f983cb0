import { TodoError } from "../errors.ts";
import { type Keyed, writeKeyed } from "../keys.ts";
import { findNearest, suggestOneOf } from "../nearest.ts";
import { listTerms, TERM_KEYS, type TermKey } from "./terms.ts";
import { isDay } from "../dates/due-date.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { isDate, parseWhen } from "../dates/when.ts";
import { suggestTags, TAG_KEYS } from "./suggest-tags.ts";
import { quoteShort, shorten } from "../task/text.ts";

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

/** The keys that other programs have for what words alone look for here. */
const TEXT_KEYS = new Set(["body", "description", "text", "title"]);

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

/** What takes in the day itself in other programs. */
const INCLUSIVE_KEYS = new Set(["due.by", "due.until"]);

/** The keys of terms that can have `none` as their value. */
const CLEARABLE = ["due", "priority", "project", "scheduled", "wait"];

/** What stands behind the key of a date for other programs' signs. */
const EDGES = new Map([
  ["<", ".before"],
  [">", ".after"],
]);

/** The error for a word that joins terms elsewhere, or undefined for any other term. */
export function refuseOperator(term: string): TodoError | undefined {
  const word = term.toLowerCase();
  const advice = OPERATORS.get(SIGNS.get(word) ?? word);
  return advice === undefined ? undefined : notATerm(quoteShort(term), [advice]);
}

/** The error for a word alone that is a list of tasks in other programs, such as `completed`. Nobody looks for it as text. */
export function refuseLoneWord(term: string): TodoError | undefined {
  const meant = LISTS.get(term.toLowerCase());
  return meant === undefined ? undefined : notATerm(quoteShort(term), suggestOneOf([meant]));
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
export function unknownTerm({ key, value }: Keyed, system: LocalTime): TodoError {
  const shown = shorten(key, MAX_SHOWN_CHARACTERS);
  const name = key.toLowerCase();
  const nearest = suggestTerms(name, shorten(value, MAX_SHOWN_CHARACTERS));
  return notATerm(`${shown}:`, INCLUSIVE_KEYS.has(name) ? adviseInclusive(value, system) : suggestOneOf(nearest));
}

/** `due.before:friday` would leave out what is due on friday. */
function adviseInclusive(value: string, system: LocalTime): string[] {
  if (!isDate(value, system)) return [];
  const due = parseWhen(value, system);
  if (!isDay(due)) return suggestOneOf([writeKeyed({ key: "due.before", value })]);
  const after = Temporal.PlainDate.from(due).add({ days: 1 });
  return [`To take in ${value} as well: due.before:${after.toString()}`];
}

/** The error for a key with the sign of another program, such as `due<friday`. */
export function comparison({ key, sign, value }: { key: TermKey; sign: string; value: string }): TodoError {
  const side = key + (EDGES.get(sign.charAt(0)) ?? "");
  const edge = TERM_KEYS.some(({ name }) => name === side) ? side : key;
  const term = writeKeyed({ key: edge, value: shorten(value, MAX_SHOWN_CHARACTERS) });
  return notATerm(`${key}${sign}`, suggestOneOf([sign === "!=" ? `not:${term}` : term]));
}

function suggestTerms(key: string, value: string): string[] {
  if (TAG_KEYS.has(key)) return value === "" ? ["+TAG"] : suggestTags(value);
  if (TEXT_KEYS.has(key)) return value === "" ? [] : [value];
  if (key === "no") return CLEARABLE.filter((name) => name === value.toLowerCase()).map((name) => `${name}:none`);
  const [family = ""] = key.split(".", 1);
  const near = findNearest(key, NAMES);
  const names = near.length > 0 ? near : NAMES.filter((name) => name.startsWith(`${family}.`));
  return names.map((name) => writeKeyed({ key: name, value }));
}

function notATerm(shown: string, advice: readonly string[]): TodoError {
  const terms = `Terms: ${listTerms()}.`;
  return new TodoError("invalid_input", `${shown} is no filter term`, { hints: [...advice, terms, TEXT] });
}
