import fc from "fast-check";
import type { Expression } from "../../src/domain/query/filter/expression.ts";
import { quote } from "../../src/domain/query/filter/quotes.ts";
import { listKeyNames, type OperatorName, OPERATORS, TERM_KEYS } from "../../src/domain/query/terms.ts";

const NOWHERE = { text: "", at: 0, length: 0 };

const SIGNS = OPERATORS.flatMap(({ sign }) => sign ?? []);
const VALUES = [
  "none",
  "any",
  "all",
  "friday",
  "this week",
  "tomorrow at 9",
  "9999-12-31",
  "high",
  "31 feb",
  "30m",
  "home",
  "kqv",
];

const piece = fc.oneof(
  fc.constantFrom(
    ...listKeyNames().map((name) => `${name}:`),
    ...SIGNS,
    "+",
    "not:",
    "!",
    "(",
    ")",
    '"',
    "\\",
    "|",
    "&",
    "https://",
  ),
  fc.constantFrom(...VALUES, "or", "and", "not", "overdue", "p1", "due", "roof", "nonsense:", " ", " ", " "),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.string({ maxLength: 6 }),
);
const argument = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
/** Arguments, of which most are no filter. */
export const anyArguments = fc.array(argument, { maxLength: 5 });
/** Words that stand behind `--`. */
export const anyLiteral = fc.array(fc.string({ maxLength: 6 }), { maxLength: 2 });

/** What people and programs could write into quotes. */
const anyValue = fc.oneof(
  fc.constantFrom(
    "friday",
    "House",
    "a or b",
    "(",
    ")",
    '"',
    "\\",
    "\\\\",
    'say "hi"',
    "due:x",
    "+home",
    "not",
    "!",
    " ",
    "a  b",
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);

const anyTerm = fc.constantFrom(...TERM_KEYS).chain(({ name, operators }) =>
  name === "not"
    ? fc.constant(undefined)
    : fc.record({
        kind: fc.constant("term" as const),
        key: fc.constant(name),
        operator: fc.constantFrom<OperatorName | undefined>(undefined, ...operators),
        value: anyValue,
        place: fc.constant(NOWHERE),
        valuePlace: fc.constant(NOWHERE),
      }),
);

const anyLeaf: fc.Arbitrary<Expression> = fc.oneof(
  anyTerm.filter((term) => term !== undefined),
  anyValue.map((text): Expression => ({ kind: "text", text, isQuoted: true, place: NOWHERE })),
);

/** Expressions as the reader makes them: nothing is turned round twice, and what is joined has several parts. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{
  any: Expression;
  joined: Expression;
  turned: Expression;
}>((tie) => ({
  any: fc.oneof({ maxDepth: 4, withCrossShrink: true }, anyLeaf, tie("joined"), tie("turned")),
  joined: fc
    .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("any"), { minLength: 2, maxLength: 3 }))
    .map(([kind, operands]) => ({ kind, operands })),
  turned: tie("any").map((operand) => (operand.kind === "not" ? operand : { kind: "not", operand })),
})).any;

/** The expression as one text. Every part of several stands in parentheses. */
export function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case "text":
      return quote(expression.text);
    case "term":
      return `${expression.key}${expression.operator === undefined ? "" : `.${expression.operator}`}:${quote(expression.value)}`;
    case "not":
      return `not ${writeExpression(expression.operand)}`;
    case "and":
    case "or":
      return `(${expression.operands.map(writeExpression).join(` ${expression.kind} `)})`;
  }
}

/** The expression without its places and quotes. */
export function dropPlaces(expression: Expression): unknown {
  switch (expression.kind) {
    case "term":
      return { ...expression, place: NOWHERE, valuePlace: NOWHERE };
    case "text":
      return { ...expression, isQuoted: true, place: NOWHERE };
    case "not":
      return { kind: "not", operand: dropPlaces(expression.operand) };
    case "and":
    case "or":
      return { kind: expression.kind, operands: expression.operands.map(dropPlaces) };
  }
}
