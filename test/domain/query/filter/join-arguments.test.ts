import { expect, test } from "bun:test";
import fc from "fast-check";
import { TodoError } from "../../../../src/domain/errors.ts";
import { joinArguments } from "../../../../src/domain/query/filter/join-arguments.ts";
import { parseFilter } from "../../../../src/domain/query/filter/parse.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

test.each([
  [["+home"], "+home"],
  [["+home", "or", "+work"], "+home or +work"],
  [["(+home", "or", "+work)", "overdue"], "(+home or +work) overdue"],
  [["due.before:next", "friday"], "due.before:next friday"],
  [["due", "<", "friday"], "due < friday"],
  [["call", "ann"], "call and ann"],
  [["call ann", "+home"], "call ann +home"],
  [["project:My House", "roof"], "project:My House and roof"],
  [["project:House", "or roof"], "project:House or roof"],
  [["not", "roof", "garden"], "not roof and garden"],
])("the arguments %j are the text %j", (terms, text) => {
  expect(joinArguments({ terms }, SYSTEM)).toBe(text);
});

test("words behind -- are looked for as they stand", () => {
  expect(joinArguments({ terms: ["+home"], literal: ["or", 'a "b'] }, SYSTEM)).toBe('+home "or" "a \\"b"');
});

const UNREADABLE = "can't be read";

/** What a filter says, whatever stands where, or why it can't be read. */
function describe(terms: readonly string[], literal: readonly string[] = []): string {
  try {
    return JSON.stringify(parseFilter({ terms, literal }, SYSTEM), (key, value) =>
      ["place", "valuePlace", "isQuoted"].includes(key) ? undefined : value,
    );
  } catch (error) {
    if (error instanceof TodoError) return UNREADABLE;
    throw error;
  }
}

const USUAL =
  "+home (+home +work) or and not !+x due:next friday due<friday project:My House roof call is:ready today".split(" ");
const ODD = ["(", ")", "<", "due:", "due<", "not:", '"a b"', '"', "x)", "(x", "\\(", "+1", "a|b", ":", "|", ""];

const anyArguments = (words: readonly string[]) => {
  const argument = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((each) => each.join(" "));
  return fc.array(argument, { minLength: 1, maxLength: 6 });
};

test("one text means what the arguments mean, if there is one", () => {
  fc.assert(
    fc.property(anyArguments([...USUAL, ...ODD]), fc.array(fc.string(), { maxLength: 1 }), (terms, literal) => {
      const joined = join(terms, literal);
      if (joined !== null) expect([joined, describe([joined])]).toEqual([joined, describe(terms, literal)]);
    }),
    { numRuns: 1000 },
  );
});

test("there is a text for all arguments of words, terms, operators and parentheses that can be read", () => {
  fc.assert(
    fc.property(anyArguments(USUAL), fc.array(fc.string(), { maxLength: 2 }), (terms, literal) => {
      expect([terms, join(terms, literal) !== null]).toEqual([terms, describe(terms, literal) !== UNREADABLE]);
    }),
    { numRuns: 1000 },
  );
});

function join(terms: readonly string[], literal: readonly string[]): string | null {
  try {
    return joinArguments({ terms, literal }, SYSTEM);
  } catch (error) {
    if (error instanceof TodoError) return null;
    throw error;
  }
}
