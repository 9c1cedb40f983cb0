import type { Excerpt } from "../../errors.ts";
import type { OperatorName, TermField } from "../terms.ts";

/** Where something stands in a filter. What a saved filter says stands where that is named: `saved` is its name. */
export type Place = Excerpt & { readonly saved?: string };

/** What stands at a place. */
export function textAt({ text, at, length }: Place): string {
  return text.slice(at, at + length);
}

/** A key with a value: `due<friday`. `operator` is undefined for what the key alone means. */
export type Term = {
  readonly kind: "term";
  readonly key: TermField;
  readonly operator: OperatorName | undefined;
  readonly value: string;
  readonly place: Place;
  readonly valuePlace: Place;
};

/** Words that are looked for. */
export type Text = {
  readonly kind: "text";
  readonly text: string;
  readonly isQuoted: boolean;
  readonly place: Place;
};

/** What a filter says, before its values are read. Of no operands with `and` all tasks are meant. */
export type Expression =
  | Term
  | Text
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression };

/** The terms and texts in an expression, in their order. */
export function listLeaves(expression: Expression): (Term | Text)[] {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.operands.flatMap(listLeaves);
    case "not":
      return listLeaves(expression.operand);
    case "term":
    case "text":
      return [expression];
  }
}

/** The expression turned round. Twice is not at all. */
export function negate(expression: Expression): Expression {
  return expression.kind === "not" ? expression.operand : { kind: "not", operand: expression };
}

/** The expressions joined, or the only one. */
export function join(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [only, another] = operands;
  return only && !another ? only : { kind, operands };
}
