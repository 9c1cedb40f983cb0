import type { LocalTime } from "../../dates/local-time.ts";
import { pickFilter, type SavedFilter } from "../saved-filters.ts";
import { readAt, refuseAt } from "./errors.ts";
import { type Expression, listLeaves, negate, type Place, type Term } from "./expression.ts";
import { MAX_FILTER_WORDS, MAX_SAVED_LEVELS } from "./limits.ts";
import { parseFilter } from "./parse.ts";

/** What is known while saved filters are put in their places. */
type Expansion = {
  /** The saved filters of a user by their folded names. */
  readonly saved: ReadonlyMap<string, SavedFilter>;
  readonly system: LocalTime;
  /** The names of the filters that lead to this one. */
  readonly path: readonly string[];
  /** Gives leave for so many terms more, or throws. */
  readonly admit: (terms: number, place: Place) => void;
};

/**
 * The expression with each saved filter that it names in its place. What these say stands where the expression names them. Throws
 * `not_found` for a name that there is not, and `invalid_input` for a filter that uses itself, for too many terms, and for what is
 * wrong in one.
 */
export function expandSaved(
  expression: Expression,
  saved: ReadonlyMap<string, SavedFilter>,
  system: LocalTime,
): Expression {
  let terms = listLeaves(expression).length;
  const admit = (more: number, place: Place) => {
    terms += more;
    if (terms <= MAX_FILTER_WORDS) return;
    throw refuseAt(place, `with the filters that it names it has more than ${MAX_FILTER_WORDS} terms`);
  };
  return expand(expression, { saved, system, path: [], admit });
}

function expand(expression: Expression, expansion: Expansion): Expression {
  switch (expression.kind) {
    case "and":
    case "or":
      return { kind: expression.kind, operands: expression.operands.map((operand) => expand(operand, expansion)) };
    case "not":
      return negate(expand(expression.operand, expansion));
    case "term":
      return expression.key === "filter" ? replace(expression, expansion) : expression;
    case "text":
      return expression;
  }
}

/** What a saved filter says, or the opposite of it. */
function replace({ operator, value, valuePlace }: Term, expansion: Expansion): Expression {
  const { saved, system, path, admit } = expansion;
  const filter = readAt(valuePlace, () => pickFilter(saved, value));
  if (path.includes(filter.name)) {
    const ring = [...path.slice(path.indexOf(filter.name)), filter.name].join(", ");
    throw refuseAt(valuePlace, `the saved filter ${filter.name} uses itself: ${ring}`);
  }
  if (path.length === MAX_SAVED_LEVELS) {
    throw refuseAt(valuePlace, `saved filters name each other more than ${MAX_SAVED_LEVELS} times: ${path.join(", ")}`);
  }
  const place: Place = { ...valuePlace, saved: valuePlace.saved ?? filter.name };
  const parsed = readAt(place, () => parseFilter({ terms: [filter.text] }, system));
  admit(listLeaves(parsed).length - 1, place);
  const expression = expand(movePlaces(parsed, place), { ...expansion, path: [...path, filter.name] });
  return operator === "not" ? negate(expression) : expression;
}

/** The expression at one place. */
function movePlaces(expression: Expression, place: Place): Expression {
  switch (expression.kind) {
    case "and":
    case "or":
      return { kind: expression.kind, operands: expression.operands.map((operand) => movePlaces(operand, place)) };
    case "not":
      return { kind: "not", operand: movePlaces(expression.operand, place) };
    case "term":
      return { ...expression, place, valuePlace: place };
    case "text":
      return { ...expression, place };
  }
}
