import { expect, test } from "bun:test";
import fc from "fast-check";
import { type FieldKey } from "../../../src/domain/task/field-keys.ts";
import { splitText } from "../../../src/domain/quick-add/split-text.ts";

test.each<[text: string, args: string[]]>([
  ["Pay rent due:friday +home", ["Pay", "rent", "due:friday", "+home"]],
  ["  Pay \t rent\n", ["Pay", "rent"]],
  ['project:"Side work" Call', ["project:Side work", "Call"]],
  ['Call Proj:"Side work" due:"next friday" now', ["Call", "Proj:Side work", "due:next friday", "now"]],
  ['project:"The \\"big\\" one \\\\" x', ['project:The "big" one \\', "x"]],
  ['project:"5" pipe" x', ["project:5", 'pipe"', "x"]],
  ['project:"a"b c" x', ['project:a"b c', "x"]],
  ['project:"" x', ["project:", "x"]],
  ['Due:" friday every:week " x', ["Due:friday every:week", "x"]],
  ['Read "War and Peace" re:"a b" a"b', ["Read", '"War', "and", 'Peace"', 're:"a', 'b"', 'a"b']],
  ["Don't call -- due:friday", ["Don't", "call", "--", "due:friday"]],
  ["買い物\u3000リスト a\u00a0b", ["買い物\u3000リスト", "a\u00a0b"]],
  [" \n ", []],
  ["", []],
])("the text %j is split as a shell would: %j", (text, expected) => {
  const { args, literal, unclosed } = splitText(text);
  expect([args.map((argument) => argument.text), literal, unclosed]).toEqual([expected, [], undefined]);
});

test.each<[text: string, literal: string[]]>([
  ["-- every:day is  part of the title ", ["every:day is  part of the title"]],
  [' --\tproject:"a', ['project:"a']],
  ["--", []],
  ["-- ", []],
])("the text %j is all title", (text, literal) => {
  expect(splitText(text)).toEqual({ args: [], literal });
});

test.each<[text: string, place: string, key: FieldKey]>([
  ['Call Project:"Side work +home', 'Project:"Side work +home', "project"],
  ['project:"', 'project:"', "project"],
  ['due:"fri\\', 'due:"fri\\', "due"],
])("in the text %j the quotes do not close", (text, place, key) => {
  const { unclosed } = splitText(text);
  expect(unclosed).toEqual({ key, at: text.indexOf(place), length: place.length });
});

test("every word of any text is in one argument, in its place", () => {
  const piece = fc.oneof(
    fc.constantFrom('project:"', "due:", '"', "\\", " ", "\n", "--", "+a"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (text) => {
        const { args, literal, unclosed } = splitText(text);
        if (literal.length > 0) return expect(text).toContain(literal.join());
        const places = [...args, ...(unclosed ? [unclosed] : [])];
        const words = places.map(({ at, length }) => text.slice(at, at + length));
        expect(words.join("").replaceAll(/[ \t\r\n]/g, "")).toBe(
          /^[ \t\r\n]*--[ \t\r\n]*$/.test(text) ? "" : text.replaceAll(/[ \t\r\n]/g, ""),
        );
      },
    ),
    // A vertical tab and a wide space are white space, too, but none of a shell.
    { numRuns: 1000, examples: [["\u000b--"], ["--\u3000"]] },
  );
});
