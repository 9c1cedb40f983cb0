import type { LocalTime } from "../../src/domain/dates/local-time.ts";
import { hideWaiting } from "../../src/domain/dates/waiting.ts";
import { listTaskTerms, type NamedTask } from "../../src/domain/query/filter/found.ts";
import { expandSaved } from "../../src/domain/query/filter/expand.ts";
import { parseFilter } from "../../src/domain/query/filter/parse.ts";
import { toConditions } from "../../src/domain/query/filter/to-conditions.ts";
import { type Condition, SEARCHED } from "../../src/domain/query/query.ts";
import { SYSTEM } from "./tasks/arbitraries.ts";

/** The one task that filters name here, with its relatives. */
export const NAMED: NamedTask = { id: "task-kqv", dependsOn: ["task-bqz"], below: ["task-dfg", "task-hjk"] };

export const PENDING: Condition = { kind: "status", status: "pending" };

/** The saved filters that filters name here. */
export const SAVED = new Map(
  [
    { name: "home", text: "+home" },
    { name: "mine", text: "Filter:HOME or +me" },
    { name: "kqv", text: "+kqv" },
    { name: "done", text: "status:completed" },
  ].map((filter) => [filter.name, filter]),
);

/** All conditions of a filter. Every name of a task is that of the same one, and `SAVED` are the filters that there are. */
export function readConditions(
  terms: readonly string[],
  literal: readonly string[] = [],
  system: LocalTime = SYSTEM,
): Condition[] {
  const expression = expandSaved(parseFilter({ terms, literal }, system), SAVED, system);
  const tasks = new Map(listTaskTerms(expression).map(({ value }) => [value, NAMED]));
  return toConditions(expression, { system, tasks, blocked: ["task-dfg"], blocking: ["task-bqz"] });
}

/** The conditions but for that which hides what waits. */
export function read(...terms: string[]): Condition[] {
  return withoutHiding(readConditions(terms));
}

export function withoutHiding(conditions: readonly Condition[]): Condition[] {
  return conditions.filter((condition) => !Bun.deepEquals(condition, hideWaiting(SYSTEM)));
}

/** The one condition that a filter of open tasks adds to these. */
export function readOne(...terms: string[]): Condition {
  const [pending, condition, another] = read(...terms);
  if (Bun.deepEquals(pending, PENDING) && condition && !another) return condition;
  throw new Error(`not one condition: ${terms.join(" ")}`);
}

/** A condition that words are found. */
export function text(words: string): Condition {
  return { kind: "text", text: words, fields: SEARCHED };
}
