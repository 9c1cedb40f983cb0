import type { LocalTime } from "../../dates/local-time.ts";
import { withoutHiding } from "../../dates/waiting.ts";
import { limitStatus } from "../limit-status.ts";
import { type Condition, KEPT, SEARCHED, type Status } from "../query.ts";
import { readAt } from "./errors.ts";
import { type Expression, listLeaves } from "./expression.ts";
import { type Found, readIsWord } from "./found.ts";
import { contains, readTerm, turn } from "./read-term.ts";

/**
 * The conditions of a filter, all of which must hold. Those that `and` joins stand side by side, what they say of the status first:
 * indexes are found so. Where a filter says nothing of the status, the whole is limited to that of `otherwise`, and of open tasks to
 * those that do not wait, where it says nothing of that either. One about dates of completion is limited to what is not deleted. Throws `invalid_input` with the place of a value that is not understood.
 */
export function toConditions(expression: Expression, found: Found, otherwise: Status = "pending"): Condition[] {
  const limits = limit(expression, found.system, otherwise);
  const conditions = [...limits, ...flatten(toCondition(expression, found))];
  const isStatus = ({ kind }: Condition) => kind === "status";
  return [...conditions.filter(isStatus), ...conditions.filter((condition) => !isStatus(condition))];
}

function toCondition(expression: Expression, found: Found): Condition {
  switch (expression.kind) {
    case "term":
      return readAt(expression.valuePlace, () => readTerm(expression, found));
    case "text":
      return readAt(expression.place, () => contains(expression.text, SEARCHED));
    case "not":
      return turn(toCondition(expression.operand, found));
    case "and":
    case "or":
      return { kind: expression.kind, conditions: expression.operands.map((each) => toCondition(each, found)) };
  }
}

function flatten(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.conditions.flatMap(flatten) : [condition];
}

function limit(expression: Expression, system: LocalTime, otherwise: Status): Condition[] {
  const terms = listLeaves(expression).filter((leaf) => leaf.kind === "term");
  if (otherwise === "all" || terms.some(({ key }) => key === "status")) return [];
  // Pending tasks have no such date, so nobody means these alone.
  if (terms.some(({ key }) => key === "completed")) return [KEPT];
  const isAboutWaiting = terms.some((term) => term.key === "wait" || readIsWord(term) === "waiting");
  const limits = limitStatus(otherwise, system);
  return isAboutWaiting ? withoutHiding(limits) : limits;
}
