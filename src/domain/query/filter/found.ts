import type { LocalTime } from "../../dates/local-time.ts";
import { ANY, findKey, NONE } from "../../keys.ts";
import { findTerm, IS_WORDS } from "../terms.ts";
import { type Expression, listLeaves, type Term } from "./expression.ts";

/** A task that a filter names. `below` are all tasks that stand below it, if the filter asks for them. */
export type NamedTask = {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly below: readonly string[];
};

/** What has to be known to give the terms of a filter their meaning. */
export type Found = {
  readonly system: LocalTime;
  /** The tasks by how the filter names them. */
  readonly tasks: ReadonlyMap<string, NamedTask>;
  /** The ids of the tasks that wait for others, and of those for which they wait. */
  readonly blocked: readonly string[];
  readonly blocking: readonly string[];
};

/** The terms whose value names a task. */
export function listTaskTerms(expression: Expression): Term[] {
  return listTerms(expression).filter((term) => findTerm(term.key).takes === "TASK" && !isThere(term));
}

/** The terms whose value names a saved filter. */
export function listSavedTerms(expression: Expression): Term[] {
  return listTerms(expression).filter(({ key }) => key === "filter");
}

/** Whether more has to be known than what stands in a task itself. */
export function asksForOthers(expression: Expression): boolean {
  const isNamed = listTaskTerms(expression).length > 0 || listSavedTerms(expression).length > 0;
  return isNamed || listBlockedTerms(expression).length > 0;
}

/** The terms that ask what is blocked. */
export function listBlockedTerms(expression: Expression): Term[] {
  return listTerms(expression).filter((term) => ASKING_FOR_BLOCKED.has(readIsWord(term) ?? ""));
}

const ASKING_FOR_BLOCKED: ReadonlySet<string> = new Set(["blocked", "blocking", "ready"]);

/** The word behind `is:`, in any case and in short. Undefined for other terms and words. */
export function readIsWord({ key, value }: Term): (typeof IS_WORDS)[number] | undefined {
  return key === "is"
    ? findKey(
        value,
        IS_WORDS.map((name) => ({ name })),
      )
    : undefined;
}

/** Whether a term asks only if there is a value: `due:none`, `project!=any`. The tag `none` is asked for by `+none`. */
export function isThere({ key, operator, value }: Term): boolean {
  const { words = [] } = findTerm(key);
  const word = value.toLowerCase();
  if (word !== NONE && word !== ANY) return false;
  const isSame = operator === undefined || operator === "not" || (operator === "is" && key !== "tag");
  return isSame && words.includes(word);
}

function listTerms(expression: Expression): Term[] {
  return listLeaves(expression).filter((leaf) => leaf.kind === "term");
}
