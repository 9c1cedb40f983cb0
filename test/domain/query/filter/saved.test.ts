import { describe, expect, test } from "bun:test";
import { expandSaved } from "../../../../src/domain/query/filter/expand.ts";
import { parseFilter } from "../../../../src/domain/query/filter/parse.ts";
import { toConditions } from "../../../../src/domain/query/filter/to-conditions.ts";
import { refusal } from "../../../support/errors.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

/** Reads a filter where these are saved. */
function readWith(texts: Readonly<Record<string, string>>, filter: string) {
  const saved = new Map(Object.entries(texts).map(([name, text]) => [name.toLowerCase(), { name, text }]));
  const expression = expandSaved(parseFilter({ terms: [filter] }, SYSTEM), saved, SYSTEM);
  return toConditions(expression, { system: SYSTEM, tasks: new Map(), blocked: [], blocking: [] });
}

describe("a saved filter in another", () => {
  test.each([
    ["filter:errands or +now", "(+shop or +post) or +now"],
    ["filter:ERRANDS +now", "(+shop or +post) +now"],
    ["not:filter:errands", "not (+shop or +post)"],
    ["filter!=errands", "not (+shop or +post)"],
    ["filter:done +now", "status:completed +now"],
    ["filter:both", "(+shop or +post) due<friday"],
    ["filter:opposite", "+home"],
    ["not filter:opposite", "not +home"],
  ])("stands for what it says, as one: %s is %s", (filter, meaning) => {
    const saved = {
      Errands: "+shop or +post",
      done: "status:completed",
      both: "filter:errands due<friday",
      opposite: "not filter:other",
      other: "!+home",
    };
    expect(readWith(saved, filter)).toEqual(readWith(saved, meaning));
  });

  test("is not there, which is said where it is named", () => {
    const { code, message, excerpt, hints } = refusal(() => readWith({ Errands: "+shop" }, "+a or filter:erands"));
    expect([code, message, hints]).toEqual([
      "not_found",
      'there is no saved filter "erands"',
      ["Did you mean Errands?"],
    ]);
    expect(excerpt).toEqual({ text: "+a or filter:erands", at: 13, length: 6 });
  });

  test("has an error in it, which is said where it is named", () => {
    for (const text of ["due<fridy", "+a or due:soon or", "filter:late"]) {
      const saved = { bad: text, late: "due:fridy" };
      const { code, message, excerpt, issues } = refusal(() => readWith(saved, "+a or filter:bad"));
      expect([code, excerpt]).toEqual(["invalid_input", { text: "+a or filter:bad", at: 13, length: 3 }]);
      expect(message).toStartWith('in the filter "bad": ');
      expect(issues).toEqual([expect.objectContaining({ path: "filter", message, at: 13, length: 3 })]);
    }
  });

  test("may not use itself, not by way of others either", () => {
    expect(refusal(() => readWith({ a: "+x or filter:a" }, "filter:a")).message).toEndWith(
      "the saved filter a uses itself: a, a",
    );
    const ring = { a: "filter:b", b: "not filter:c", c: "+x filter:A" };
    const { code, message, excerpt } = refusal(() => readWith(ring, "filter:b or +y"));
    expect(message).toEndWith("the saved filter b uses itself: b, c, a, b");
    expect([code, excerpt?.at, excerpt?.length]).toEqual(["invalid_input", 7, 1]);
  });

  test("may be named ten times one in the other", () => {
    const chain = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, at) => [`f${at}`, at === length - 1 ? "+x" : `filter:f${at + 1}`]));
    expect(readWith(chain(10), "filter:f0")).toEqual(readWith({}, "+x"));
    expect(refusal(() => readWith(chain(11), "filter:f0")).message).toContain(
      "saved filters name each other more than 10 times",
    );
  });

  test("may not make the whole endless", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [
        `w${at}`,
        at === 8
          ? "+x"
          : Array(10)
              .fill(`filter:w${at + 1}`)
              .join(" or "),
      ]),
    );
    expect(refusal(() => readWith(wide, "filter:w0")).message).toContain("more than 300 terms");
  });
});
