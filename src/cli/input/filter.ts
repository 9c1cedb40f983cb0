import { TodoError } from "../../domain/errors.ts";
import { isDay } from "../../domain/dates/due-date.ts";
import { type Condition, LONGEST_SEARCH, STATUSES } from "../../domain/query/query.ts";
import type { Surroundings } from "../../ports/surroundings.ts";
import { checkPriority, checkTag } from "../../domain/task/task.ts";
import { cleanText } from "../../domain/task/text.ts";
import { parseWhen, toBound } from "../../domain/dates/when.ts";
import { NONE } from "./words.ts";

/** SQLite takes expressions up to a depth of 1000. */
const MOST_TERMS = 100;
const KEYED = /^(status|project|priority|due|due\.before|due\.after|not):(.+)$/su;
const TWICE_NOT = /^(?:not:not:)+(?=.)/s;

/**
 * Reads filter terms, each one condition; all must hold. Without `status:` only pending tasks are meant. What comes after
 * `--` (`literal`) is plain text. Throws `invalid_input` for a value that is not understood.
 */
export function readFilter(terms: readonly string[], literal: readonly string[], around: Surroundings): Condition[] {
  if (terms.length + literal.length > MOST_TERMS) {
    throw new TodoError("usage", `a filter can have ${MOST_TERMS} terms, these are ${terms.length + literal.length}`);
  }
  const conditions = [...terms.map((term) => readTerm(term, around)), ...literal.map(containsText)];
  const hasStatus = conditions.some((condition) => innermost(condition).kind === "status");
  return hasStatus ? conditions : [{ kind: "status", status: "pending" }, ...conditions];
}

function innermost(condition: Condition): Condition {
  return condition.kind === "not" ? innermost(condition.condition) : condition;
}

function readTerm(text: string, around: Surroundings): Condition {
  const term = text.replace(TWICE_NOT, "");
  if (term === "overdue") return { kind: "due", before: boundOfNow(around) };
  if (/^\+\S+$/u.test(term)) return { kind: "tag", tag: checkTag(term.slice(1)) };
  const [, key, value] = KEYED.exec(term) ?? [];
  return key === undefined || value === undefined ? containsText(term) : readKeyed(key, value, around);
}

function readKeyed(key: string, value: string, around: Surroundings): Condition {
  switch (key) {
    case "status":
      return { kind: "status", status: readStatus(value) };
    case "project":
      return { kind: "project", project: value === NONE ? null : cleanText("project", value, LONGEST_SEARCH) };
    case "priority":
      return { kind: "priority", priority: value === NONE ? null : checkPriority(value.toLowerCase()) };
    case "due.before":
      return { kind: "due", before: toBound(parseWhen(value, around), "start", around) };
    case "due.after":
      return { kind: "due", from: toBound(parseWhen(value, around), "end", around) };
    case "due":
      return value === NONE ? { kind: "no_due_date" } : dueOn(parseWhen(value, around), around);
    default:
      return { kind: "not", condition: readTerm(value, around) };
  }
}

function readStatus(value: string) {
  const status = STATUSES.find((known) => known === value);
  if (status !== undefined) return status;
  throw new TodoError("invalid_input", `unknown status ${JSON.stringify(value)}`, {
    hints: [`Use one of ${STATUSES.join(", ")}.`],
  });
}

/** A day means all of it, a moment its second. */
function dueOn(due: string, around: Surroundings): Condition {
  const from = toBound(due, "start", around);
  const before = toBound(due, "end", around);
  return { kind: "due", from, before: isDay(due) ? before : { ...before, day: from.day } };
}

function boundOfNow(around: Surroundings) {
  return { day: around.today(), moment: new Date(around.now()).toISOString() };
}

function containsText(text: string): Condition {
  return { kind: "text", text: cleanText("search", text, LONGEST_SEARCH) };
}
