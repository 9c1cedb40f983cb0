import { TodoError } from "../../domain/errors.ts";
import { type Condition, MAX_SEARCH_CHARACTERS, STATUSES } from "../../domain/query/query.ts";
import type { System } from "../../ports/system.ts";
import { checkPriority, checkTag } from "../../domain/task/task.ts";
import { cleanText, quoteShort } from "../../domain/task/text.ts";
import { parseWhen, toBound } from "../../domain/dates/when.ts";
import { NONE } from "./words.ts";

/** SQLite limits expressions to a depth of 1000. */
const MAX_TERMS = 100;
const KEYED = /^(status|project|priority|due|due\.before|due\.after|not):(.+)$/su;
const TWICE_NOT = /^(?:not:not:)+(?=.)/s;

/**
 * Reads filter terms, each one condition; all must hold. Without `status:` only pending tasks match. Words after `--`
 * (`literal`) are plain text. Throws `invalid_input` for a value that is not understood.
 */
export function readFilter(terms: readonly string[], literal: readonly string[], system: System): Condition[] {
  if (terms.length + literal.length > MAX_TERMS) {
    throw new TodoError("usage", `a filter can have ${MAX_TERMS} terms, these are ${terms.length + literal.length}`);
  }
  const conditions = [...terms.map((term) => readTerm(term, system)), ...literal.map(containsText)];
  const hasStatus = conditions.some((condition) => innermost(condition).kind === "status");
  return hasStatus ? conditions : [{ kind: "status", status: "pending" }, ...conditions];
}

function innermost(condition: Condition): Condition {
  return condition.kind === "not" ? innermost(condition.condition) : condition;
}

function readTerm(text: string, system: System): Condition {
  const term = text.replace(TWICE_NOT, "");
  if (term === "overdue") return { kind: "due", before: boundOfNow(system) };
  if (/^\+\S+$/u.test(term)) return { kind: "tag", tag: checkTag(term.slice(1)) };
  const [, key, value] = KEYED.exec(term) ?? [];
  return key === undefined || value === undefined ? containsText(term) : readKeyed(key, value, system);
}

function readKeyed(key: string, value: string, system: System): Condition {
  switch (key) {
    case "status":
      return { kind: "status", status: readStatus(value) };
    case "project":
      return { kind: "project", project: value === NONE ? null : cleanText("project", value, MAX_SEARCH_CHARACTERS) };
    case "priority":
      return { kind: "priority", priority: value === NONE ? null : checkPriority(value.toLowerCase()) };
    case "due.before":
      return { kind: "due", before: toBound(parseWhen(value, system), "start", system) };
    case "due.after":
      return { kind: "due", from: toBound(parseWhen(value, system), "end", system) };
    case "due":
      return value === NONE ? { kind: "no_due_date" } : dueOn(parseWhen(value, system), system);
    default:
      return { kind: "not", condition: readTerm(value, system) };
  }
}

function readStatus(value: string) {
  const status = STATUSES.find((known) => known === value);
  if (status !== undefined) return status;
  throw new TodoError("invalid_input", `unknown status ${quoteShort(value)}`, {
    hints: [`Use one of ${STATUSES.join(", ")}.`],
  });
}

/** A day covers all of it, a moment its second. */
function dueOn(due: string, system: System): Condition {
  return { kind: "due", from: toBound(due, "start", system), before: toBound(due, "end", system) };
}

function boundOfNow(system: System) {
  return { day: system.today(), moment: new Date(system.now()).toISOString() };
}

function containsText(text: string): Condition {
  return { kind: "text", text: cleanText("search", text, MAX_SEARCH_CHARACTERS) };
}
