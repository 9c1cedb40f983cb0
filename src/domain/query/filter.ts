import { TodoError } from "../errors.ts";
import { ANY, findKey, isAddress, NONE, splitKeyed } from "../keys.ts";
import {
  type Condition,
  listConditions,
  MAX_SEARCH_CHARACTERS,
  PENDING,
  SEARCHED,
  type Status,
  STATUSES,
  UNDATED,
} from "./query.ts";
import { IS_WORDS, TERM_KEYS, TERM_WORDS, type TermKey, type TermWord } from "./terms.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { findLevel, parsePriority } from "../task/priority-words.ts";
import { checkTag } from "../task/task.ts";
import { cleanText, quoteShort } from "../task/text.ts";
import { findWaiting, hideWaiting } from "../dates/waiting.ts";
import { boundOfNow, parseWhen, toBound } from "../dates/when.ts";
import { joinDates } from "../dates/date-words.ts";
import { isExpression } from "./filter-expression.ts";
import { comparison, emptyTerm, refuseLoneWord, refuseOperator, severalTerms, unknownTerm } from "./filter-errors.ts";

/** SQLite limits expressions to a depth of 1000. */
const MAX_TERMS = 100;
const NOTS = /^(?:not:)*/i;
const TWICE_NOT = /^(?:not:not:)+(?=.)/is;
const QUOTED = /^"(.*)"$/su;
/** A key and a sign by which other programs compare. */
const COMPARED = /^(\p{L}[\p{L}.]*)(==?|[<>]=?|!=)(.*)$/su;

/**
 * Reads filter terms, each one condition; all must hold. Without `status:` only tasks of the status `otherwise` match, and of
 * pending ones only those that do not wait unless a term is about that. Words after `--` (`literal`) are plain text, and so is a term in quotes of its own. Throws `invalid_input` for what looks like a term
 * and is none, and for a value that is not understood.
 */
export function readFilter(
  terms: readonly string[],
  literal: readonly string[],
  system: LocalTime,
  otherwise: Status = "pending",
): Condition[] {
  if (terms.length + literal.length > MAX_TERMS) {
    throw new TodoError("usage", `a filter can have ${MAX_TERMS} terms, these are ${terms.length + literal.length}`);
  }
  const typed = joinDates(terms, DATES, system).filter((term, at, all) => !isBetween(term, at, all.length));
  const [only, another] = [...typed, ...literal];
  const refusal = another === undefined && literal.length === 0 ? refuseLoneWord(only ?? "") : undefined;
  if (refusal) throw refusal;
  const conditions = [...typed.map((term) => readTerm(term, system)), ...literal.map(containsText)];
  const inner = listConditions(conditions);
  if (inner.some(({ kind }) => kind === "status")) return conditions;
  if (otherwise !== "pending") return [{ kind: "status", status: otherwise }, ...conditions];
  return [PENDING, ...(inner.some(isAboutWaiting) ? [] : [hideWaiting(system)]), ...conditions];
}

/** The terms in which a date may go on: `due.before:next` with `friday` behind it. */
const DATES = {
  dateOf: findDate,
  wordOf: (term: string) => term,
  extend: (term: string, words: readonly string[]) => [term, ...words].join(" "),
};

/** An `and` between two terms says what goes without saying. */
function isBetween(term: string, at: number, count: number): boolean {
  return term.toLowerCase() === "and" && at > 0 && at < count - 1;
}

function findDate(term: string): string | undefined {
  const keyed = splitKeyed(term.replace(NOTS, ""));
  const name = keyed && findKey(keyed.key, TERM_KEYS);
  const takes = TERM_KEYS.find((key) => key.name === name)?.takes;
  return takes === "WHEN" ? keyed?.value : undefined;
}

function isAboutWaiting(condition: Condition): boolean {
  return condition.kind === "waiting" || (condition.kind === "dated" && condition.date === "waitUntil");
}

function readTerm(text: string, system: LocalTime): Condition {
  const term = text.replace(TWICE_NOT, "");
  const quoted = QUOTED.exec(term)?.[1];
  if (quoted !== undefined) return containsText(quoted);
  const word = TERM_WORDS.find(({ name }) => name === term.toLowerCase());
  if (word) return readWord(word.name, system);
  const level = findLevel(term);
  if (level !== undefined) return { kind: "priority", priority: level };
  const refusal = refuseOperator(term);
  if (refusal) throw refusal;
  if (isExpression(term)) throw severalTerms(term);
  if (/^\+\S+$/u.test(term)) return { kind: "tagged", tag: checkTag(term.slice(1)) };
  return readKeyed(term, system) ?? containsText(term);
}

function readWord(word: TermWord, system: LocalTime): Condition {
  return word === "overdue"
    ? { kind: "dated", date: "dueDate", before: boundOfNow(system) }
    : dueOn(parseWhen(word, system), system);
}

/** A term with a key, or undefined for a text. */
function readKeyed(term: string, system: LocalTime): Condition | undefined {
  const keyed = splitKeyed(term);
  if (!keyed) return refuseComparison(term);
  const key = findKey(keyed.key, TERM_KEYS);
  if (key !== undefined) {
    if (keyed.value === "") throw emptyTerm(key);
    return readValue(key, keyed.value, system);
  }
  if (isAddress(keyed) || /^\s/u.test(keyed.value)) return undefined;
  throw unknownTerm(keyed, system);
}

function refuseComparison(term: string): undefined {
  const [, word = "", sign = "", value = ""] = COMPARED.exec(term) ?? [];
  const key = findKey(word, TERM_KEYS);
  if (key !== undefined) throw comparison({ key, sign, value });
}

function readValue(key: TermKey, value: string, system: LocalTime): Condition {
  switch (key) {
    case "status":
      return { kind: "status", status: readOneOf("status", STATUSES, value) };
    case "project":
      return value === NONE
        ? { kind: "project", project: null }
        : { kind: "in_project", project: cleanText("project", value, MAX_SEARCH_CHARACTERS) };
    case "priority":
      return { kind: "priority", priority: parsePriority(value) };
    case "due.before":
      return { kind: "dated", date: "dueDate", before: toBound(parseWhen(value, system), "start", system) };
    case "due.after":
      return { kind: "dated", date: "dueDate", from: toBound(parseWhen(value, system), "end", system) };
    case "due":
      return value === NONE ? UNDATED : dueOn(parseWhen(value, system), system);
    case "scheduled.before":
      return { kind: "dated", date: "scheduledDate", before: toBound(parseWhen(value, system), "start", system) };
    case "scheduled.after":
      return { kind: "dated", date: "scheduledDate", from: toBound(parseWhen(value, system), "end", system) };
    case "scheduled":
      return readOtherDate("scheduledDate", value, system);
    case "wait":
      return readOtherDate("waitUntil", value, system);
    case "is":
      return readIs(value, system);
    case "not":
      return { kind: "not", condition: readTerm(value, system) };
  }
}

function readIs(value: string, system: LocalTime): Condition {
  switch (readOneOf("state", IS_WORDS, value)) {
    case "active":
      return { kind: "has", part: "startedAt" };
    case "waiting":
      return findWaiting(system);
  }
}

function readOtherDate(date: "scheduledDate" | "waitUntil", value: string, system: LocalTime): Condition {
  if (value === ANY) return { kind: "dated", date };
  if (value === NONE) return { kind: "not", condition: { kind: "dated", date } };
  return { kind: "dated", date, ...rangeOf(parseWhen(value, system), system) };
}

function readOneOf<Name extends string>(what: string, names: readonly Name[], value: string): Name {
  const found = findKey(
    value,
    names.map((name) => ({ name })),
  );
  if (found !== undefined) return found;
  throw new TodoError("invalid_input", `unknown ${what} ${quoteShort(value)}`, {
    hints: [`Use one of ${names.join(", ")}.`],
  });
}

function dueOn(due: string, system: LocalTime): Condition {
  return { kind: "dated", date: "dueDate", ...rangeOf(due, system) };
}

/** A day covers all of it, a moment its second. */
function rangeOf(date: string, system: LocalTime) {
  return { from: toBound(date, "start", system), before: toBound(date, "end", system) };
}

function containsText(text: string): Condition {
  return { kind: "text", text: cleanText("search", text, MAX_SEARCH_CHARACTERS), fields: SEARCHED };
}
