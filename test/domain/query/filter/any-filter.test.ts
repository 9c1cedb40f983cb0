import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { TodoError } from "../../../../src/domain/errors.ts";
import { type Expression, listLeaves, type Place } from "../../../../src/domain/query/filter/expression.ts";
import { parseFilter } from "../../../../src/domain/query/filter/parse.ts";
import { type Condition, listConditions } from "../../../../src/domain/query/query.ts";
import { readConditions } from "../../../support/filters.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";
import {
  anyArguments,
  anyExpression,
  anyLiteral,
  dropPlaces,
  writeExpression,
} from "../../../support/written-filters.ts";

/** What is understood, or the error for what is not. */
function attempt<Result>(work: () => Result): Result | TodoError {
  try {
    return work();
  } catch (error) {
    if (error instanceof TodoError) return error;
    throw error;
  }
}

function expectWithin({ text, at, length }: Place, whole: string): void {
  expect(text).toBe(whole);
  expect(at).toBeGreaterThanOrEqual(0);
  expect(length).toBeGreaterThanOrEqual(0);
  expect(at + length).toBeLessThanOrEqual(whole.length);
}

describe("whatever is typed as a filter", () => {
  test("is understood, or refused with a place in it", () => {
    fc.assert(
      fc.property(anyArguments, anyLiteral, (terms, words) => {
        const whole = [...terms, ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
        const outcome = attempt(() => readConditions(terms, words));
        if (!(outcome instanceof TodoError)) return;
        expect(["invalid_input", "not_found"]).toContain(outcome.code);
        expect(outcome.excerpt).toBeDefined();
        if (outcome.excerpt) expectWithin(outcome.excerpt, whole);
      }),
      { numRuns: 3000 },
    );
  });

  test("is read in pieces that stand where they are said to be, one behind the other", () => {
    fc.assert(
      fc.property(anyArguments, (terms) => {
        const expression = attempt(() => parseFilter({ terms }, SYSTEM));
        if (expression instanceof TodoError) return;
        let end = 0;
        for (const leaf of listLeaves(expression)) {
          expectWithin(leaf.place, terms.join(" "));
          expect(leaf.place.at).toBeGreaterThanOrEqual(end);
          end = leaf.place.at + leaf.place.length;
          if (leaf.kind === "term") expect(leaf.valuePlace.at + leaf.valuePlace.length).toBe(end);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("means the opposite behind not", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = writeExpression(expression);
        const conditions = attempt(() => readConditions([text]));
        fc.pre(!(conditions instanceof TodoError));
        const turned = readConditions([`not (${text})`]);
        const [condition] = conditions.slice(-1);
        // Several that must hold are one behind not.
        fc.pre(turned.length === conditions.length && condition !== undefined);
        const opposite: Condition = condition.kind === "not" ? condition.condition : { kind: "not", condition };
        expect(turned).toEqual([...conditions.slice(0, -1), opposite]);
      }),
    );
  });
});

describe("an expression that is written out", () => {
  test("is read as the same", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = writeExpression(expression);
        fc.pre(text.length < 4000);
        expect(dropPlaces(parseFilter({ terms: [text] }, SYSTEM))).toEqual(dropPlaces(expression));
      }),
      { numRuns: 2000 },
    );
  });

  test("means the same in several arguments", () => {
    fc.assert(
      fc.property(fc.array(anyExpression, { minLength: 2, maxLength: 4 }), (operands) => {
        const terms = operands.map(writeExpression);
        fc.pre(terms.join(" ").length < 4000);
        const joined: Expression = { kind: "and", operands };
        expect(dropPlaces(parseFilter({ terms }, SYSTEM))).toEqual(dropPlaces(joined));
      }),
    );
  });
});

test("a filter has at least a condition for each of its terms", () => {
  expect(listConditions(readConditions(["+a or not (+b project:c)"])).length).toBe(5);
});
