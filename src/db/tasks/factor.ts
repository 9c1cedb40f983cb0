import type { Condition } from "../../domain/query/query.ts";

/** The same conditions, with what all alternatives of an `or` have in common beside it, where an index can serve it. */
export function factorConditions(where: readonly Condition[]): Condition[] {
  return where.flatMap((condition) =>
    condition.kind === "or" ? factorAlternatives(condition.conditions) : [condition],
  );
}

function factorAlternatives(alternatives: readonly Condition[]): Condition[] {
  // Conditions are plain data, and those of one filter are made in the same way, so equal ones have the same text.
  const lists = alternatives.map((each) => new Map(flattenAnd(each).map((part) => [JSON.stringify(part), part])));
  const [first = new Map<string, Condition>(), ...others] = lists;
  const common = new Set([...first.keys()].filter((text) => others.every((list) => list.has(text))));
  if (common.size === 0) return [{ kind: "or", conditions: alternatives }];
  const pick = (list: ReadonlyMap<string, Condition>, isCommon: boolean) =>
    [...list].filter(([text]) => common.has(text) === isCommon).map(([, condition]) => condition);
  const rest = lists.map((list): Condition => ({ kind: "and", conditions: pick(list, false) }));
  return [...pick(first, true), { kind: "or", conditions: rest }];
}

function flattenAnd(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.conditions.flatMap(flattenAnd) : [condition];
}
