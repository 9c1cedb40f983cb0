import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readQuery } from "../../../src/server/http/read-query.ts";
import { refusal } from "../../support/errors.ts";

const PATH = "http://localhost/api/tasks";

describe("the parameters of an address", () => {
  test.each([
    ["", {}],
    ["?", {}],
    ["?&&", {}],
    ["?a", { a: "" }],
    ["?a=", { a: "" }],
    ["?a=1&b=2", { a: "1", b: "2" }],
    ["?a=1=2", { a: "1=2" }],
    ["?a=b?c", { a: "b?c" }],
    ["?a=b+c%20d%2Be", { a: "b c d+e" }],
    ["?%61=%C3%A4%F0%9F%A6%8A", { a: "ä🦊" }],
    ["?=x", { "": "x" }],
    ["?a=%2525", { a: "%25" }],
    ["?a=%26%3D", { a: "&=" }],
    ["?tag=a", { tag: ["a"] }],
    ["?tag=b&x=1&tag=a&tag=b", { tag: ["b", "a", "b"], x: "1" }],
    ["?t%61g=a&tag=b", { tag: ["a", "b"] }],
    ["?Tag=a", { Tag: "a" }],
  ])("%p are %p", (search, expected) => expect(readQuery(PATH + search)).toEqual(expected));

  test("may be called like members of every object", () => {
    const query = readQuery(`${PATH}?__proto__=1&constructor=2&toString=3`);
    expect(Object.entries(query)).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
      ["toString", "3"],
    ]);
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
  });

  test.each([
    ["?a=1&a=1", "a"],
    ["?a&a", "a"],
    ["?a=1&%61=2", "a"],
    ["?Tag=a&Tag=b", "Tag"],
    ["?__proto__=1&__proto__=2", "__proto__"],
    ["?a=%", ""],
    ["?a=%4", ""],
    ["?a=%zz", ""],
    ["?a=%ff", ""],
    ["?a=%C3", ""],
    ["?a=%C0%AF", ""],
    ["?a=%ED%A0%80", ""],
    ["?%=1", ""],
    ["?a=%u0041", ""],
  ])("%p are refused", (search, path) => {
    const { code, issues } = refusal(() => readQuery(PATH + search));
    expect([code, issues.map((issue) => issue.path)]).toEqual(["invalid_input", [path]]);
  });

  test("are read as URLSearchParams writes them", () => {
    const anyText = fc.string({ unit: "binary" }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), fc.array(anyText, { minLength: 1 }), (one, tags) => {
        const { tag: _, ...rest } = one;
        const search = new URLSearchParams(rest);
        for (const tag of tags) search.append("tag", tag);
        const read = new Map(Object.entries(readQuery(`${PATH}?${search.toString()}`)));
        expect(read).toEqual(new Map<string, string | string[]>([...Object.entries(rest), ["tag", tags]]));
      }),
    );
  });
});
