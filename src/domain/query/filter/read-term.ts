import { parseDuration } from "../../dates/duration.ts";
import { TodoError } from "../../errors.ts";
import { findKey, NONE } from "../../keys.ts";
import { parsePriority } from "../../task/priority-words.ts";
import { checkTag, PRIORITIES, type Priority } from "../../task/task.ts";
import { cleanText, quoteShort } from "../../task/text.ts";
import { type Condition, MAX_SEARCH_CHARACTERS, SEARCHED, STATUSES, type TextField } from "../query.ts";
import { HAS_WORDS, IS_WORDS, type OperatorName, type TermField } from "../terms.ts";
import type { Term } from "./expression.ts";
import { type Found, isThere } from "./found.ts";
import { DATE_FIELDS, readDateTerm } from "./read-date-term.ts";
import { toIsCondition } from "./read-is-word.ts";
import { readTaskTerm } from "./read-task-term.ts";

/** What a task has that is there, for the keys that can be asked whether it is. */
const THERE: Readonly<Partial<Record<TermField, Condition>>> = {
  due: { kind: "dated", date: "dueDate" },
  scheduled: { kind: "dated", date: "scheduledDate" },
  wait: { kind: "dated", date: "waitUntil" },
  created: { kind: "dated", date: "createdAt" },
  updated: { kind: "dated", date: "updatedAt" },
  completed: { kind: "dated", date: "completedAt" },
  project: { kind: "not", condition: { kind: "project", project: null } },
  tag: { kind: "has", part: "tags" },
  priority: { kind: "not", condition: { kind: "priority", priority: null } },
  estimate: { kind: "estimate" },
  parent: { kind: "not", condition: { kind: "root" } },
  series: { kind: "has", part: "record" },
};

/** What a term asks for. Throws `invalid_input` for a value that is not understood. */
export function readTerm(term: Term, found: Found): Condition {
  const condition = isThere(term) ? readThere(term) : readValue(term, found);
  return term.operator === "not" ? turn(condition) : condition;
}

/** The condition turned round. Twice is not at all. */
export function turn(condition: Condition): Condition {
  return condition.kind === "not" ? condition.condition : { kind: "not", condition };
}

function readThere({ key, value }: Term): Condition {
  const there = THERE[key];
  if (!there) throw new Error(`${key} has no condition for ${value}`);
  return value.toLowerCase() === NONE ? turn(there) : there;
}

function readValue(term: Term, found: Found): Condition {
  const { key, operator, value } = term;
  switch (key) {
    case "due":
    case "scheduled":
    case "wait":
    case "created":
    case "updated":
    case "completed":
      return readDateTerm(DATE_FIELDS[key], term, found.system);
    case "project":
      return readProject(operator, value);
    case "tag":
      return { kind: "tagged", tag: checkTag(value) };
    case "priority":
      return readPriority(operator, value);
    case "estimate":
      return readEstimate(operator, parseDuration(value));
    case "status":
      return { kind: "status", status: readOneOf("status", STATUSES, value) };
    case "is":
      return toIsCondition(readOneOf("state", IS_WORDS, value), found);
    case "has":
      return { kind: "has", part: readOneOf("part", HAS_WORDS, value) };
    case "title":
    case "description":
    case "note":
      return contains(value, [key]);
    case "text":
      return contains(value, SEARCHED);
    case "parent":
    case "under":
    case "depends":
    case "blocks":
    case "series":
    case "id":
      return readTaskTerm(key, term, found);
    case "filter":
      throw new Error("a saved filter was not put in its place");
  }
}

/** A text in one of the fields. */
export function contains(text: string, fields: readonly TextField[]): Condition {
  return { kind: "text", text: cleanText("search", text, MAX_SEARCH_CHARACTERS), fields };
}

function readProject(operator: OperatorName | undefined, value: string): Condition {
  if (operator === "has") return contains(value, ["project"]);
  const project = cleanText("project", value, MAX_SEARCH_CHARACTERS);
  return operator === "is" ? { kind: "project", project } : { kind: "in_project", project };
}

/** A priority, or those above or below it. No priority is neither. */
function readPriority(operator: OperatorName | undefined, value: string): Condition {
  const priority = parsePriority(value);
  if (operator === undefined || operator === "is" || operator === "not") return { kind: "priority", priority };
  if (priority === null) {
    throw new TodoError("invalid_input", "no priority is neither above nor below another", {
      hints: [`Compare with one of ${PRIORITIES.join(", ")}.`],
    });
  }
  const conditions = pickPriorities(operator, PRIORITIES.indexOf(priority)).map((each): Condition => ({
    kind: "priority",
    priority: each,
  }));
  return { kind: "or", conditions };
}

/** They stand from the highest to the lowest. */
function pickPriorities(operator: OperatorName, at: number): readonly Priority[] {
  if (operator === "before") return PRIORITIES.slice(at + 1);
  if (operator === "by") return PRIORITIES.slice(at);
  return PRIORITIES.slice(0, operator === "after" ? at : at + 1);
}

function readEstimate(operator: OperatorName | undefined, minutes: number): Condition {
  if (operator === "before") return { kind: "estimate", to: minutes - 1 };
  if (operator === "by") return { kind: "estimate", to: minutes };
  if (operator === "after") return { kind: "estimate", from: minutes + 1 };
  if (operator === "from") return { kind: "estimate", from: minutes };
  return { kind: "estimate", from: minutes, to: minutes };
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
