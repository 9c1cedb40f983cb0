import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { etagOf, isKnown, readIfMatch } from "../../../src/server/http/etag.ts";
import { refusal } from "../../support/errors.ts";

/** Not a list of entity tags (RFC 9110, 8.8.3). */
const MALFORMED = [
  "abc",
  "'abc'",
  '"abc',
  'abc"',
  '"a"b"',
  '"abc"x',
  'w/"abc"',
  'W/ "abc"',
  "W/abc",
  "*, *",
  '"abc", *',
  ";",
  ",",
  "",
];

describe("an entity tag", () => {
  test("is a strong one of letters and digits, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(etagOf(text)).toMatch(/^"[0-9a-z]+"$/);
        expect(etagOf(text)).toBe(etagOf(text));
      }),
    );
  });

  test("differs from text to text", () => {
    const tags = Array.from({ length: 20_000 }, (_, at) => etagOf(`{"title":"${at}"}`));
    expect(new Set(tags).size).toBe(tags.length);
  });
});

describe("If-None-Match", () => {
  const TAG = '"abc"';

  test.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['"x" ,W/"abc" , "y"', true],
    ["*", true],
    [" * ", true],
    ['"x"', false],
    ['"ab"', false],
    ['"ABC"', false],
    ['""', false],
    ['"*"', false],
    ['"W/abc"', false],
    ['"\u00ff!#~"', false],
  ])("%p: %p", (header, known) => expect(isKnown(header, TAG)).toBe(known));

  test("that is absent knows nothing", () => expect(isKnown(undefined, TAG)).toBe(false));

  test.each(MALFORMED)("that is %p, no list of tags, is as if it were not there", (header) => {
    expect(isKnown(header, TAG)).toBe(false);
  });

  // RFC 9110, 5.6.1: a recipient must accept a reasonable number of empty elements.
  test.each(['"x", , "abc"', ',"abc"', '"abc",'])("%p is a list with empty places, which mean nothing", (header) => {
    expect(isKnown(header, TAG)).toBe(true);
  });

  // RFC 9110, 8.8.3: a comma is a character like others between the quotes.
  test("may hold tags with commas, which others make", () => expect(isKnown('"a,b", "abc"', TAG)).toBe(true));
});

describe("If-Match", () => {
  test("that is absent asks nothing", () => expect(readIfMatch(undefined)).toBeUndefined());

  test.each(MALFORMED)("that is %p, no list of tags, is refused by name: what it asks for may matter", (header) => {
    const { code, issues } = refusal(() => readIfMatch(header));
    expect([code, issues.map(({ path }) => path)]).toEqual(["invalid_input", ["If-Match"]]);
  });
});
