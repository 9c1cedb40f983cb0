import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Condition } from "../../../../src/domain/query/query.ts";
import { readConditions } from "../../../support/filters.ts";

/** What version 0.1 read, which knew terms and texts alone, on the day and in the zone of `SYSTEM`. */
type Row = { readonly terms: readonly string[]; readonly conditions: readonly Condition[] };
const ROWS: readonly Row[] = readFileSync(join(import.meta.dir, "../../../fixtures/filters/terms-only.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

/** What has got a meaning: a bare word that joins, a parenthesis or `!` at the beginning of a word, and a backslash before a sign. */
const NEW = /(?:^|\s)(?:and|or|not|[&|]{1,2})(?:\s|$)|(?:^|\s|not:)[(!]|\\[()"!+|&<>=:]/i;

/** Whether an argument is read in another way on purpose. Quotes stand for what is in them. */
function isNew(argument: string): boolean {
  return argument.toLowerCase() !== "and" && NEW.test(argument.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

/** Twice turned round is not at all. */
function simplify(condition: Condition): Condition {
  const inner = condition.kind === "not" ? condition.condition : undefined;
  return inner?.kind === "not" ? simplify(inner.condition) : condition;
}

const byText = (conditions: readonly Condition[]) =>
  conditions.map((each) => JSON.stringify(simplify(each))).toSorted();

describe("filters of an earlier version", () => {
  test("mean what they meant", () => {
    const same = ROWS.filter(({ terms }) => !terms.some(isNew));
    expect(same.length).toBeGreaterThan(300);
    for (const { terms, conditions } of same) {
      expect([terms, byText(readConditions(terms))]).toEqual([terms, byText(conditions)]);
    }
  });

  test("have got another meaning where they have words and signs that join", () => {
    const other = ROWS.filter(({ terms }) => terms.length === 1 && terms.some(isNew));
    expect(other.map(({ terms }) => terms[0])).toEqual([
      "project:House or garden",
      "project:A & B",
      "roof tile (draft) f(x)",
    ]);
  });

  test.each(["project:House or garden", "project:A & B", "roof tile (draft) f(x)"])(
    "mean what they meant in quotes: %s",
    (argument) => {
      const [, key = "", words = ""] = /^(project:)?(.*)$/.exec(argument) ?? [];
      const row = ROWS.find(({ terms }) => terms.length === 1 && terms[0] === argument);
      expect(byText(readConditions([`${key}"${words}"`]))).toEqual(byText(row?.conditions ?? []));
    },
  );
});
