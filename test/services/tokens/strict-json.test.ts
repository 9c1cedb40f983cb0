import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readJsonObject } from "../../../src/services/tokens/strict-json.ts";

const read = (text: string) => readJsonObject(Buffer.from(text));

describe("a JSON object", () => {
  test.each([
    "{}",
    ' { "a" : 1 , "b" : [ { "a" : 1 } , { "a" : 1 } ] } ',
    String.raw`{"a":"\":","b":"{\"a\":1,\"a\":2}"}`,
    String.raw`{"a":"\\","b":"\\\""}`,
    '{"":1," ":2}',
    '{"a":["b","c","b",":"]}',
    '{"A":1,"a":2}',
    '{"é":1,"e\u0301":2}',
    '{"__proto__":1,"constructor":2,"toString":3}',
  ])("is read that names each member once: %j", (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"a":{}}',
    String.raw`{"a":1,"\u0061":2}`,
    String.raw`{"\"":1,"\u0022":2}`,
    '{"a":{"b":1,"b":1}}',
    '{"a":[[{"b":1,"b":1}]]}',
    '{"a":{"b":1},"a":1}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"a" :1,"a"\n:2}',
  ])("is refused that names one twice: %j", (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(read(text)).toBeNull();
  });

  test("is never lost, and never found where a member was written twice", () => {
    const object = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.nat({ max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
        const [name] = Object.keys(value);
        if (name === undefined) return;
        const escaped = Array.from({ length: name.length }, (_, at) => hex(name.charCodeAt(at))).join("");
        for (const again of [JSON.stringify(name), `"${escaped}"`]) {
          const twice = text.replace(/\s*\}$/, () => `,${again}:1}`);
          expect(Object.keys(JSON.parse(twice))).toHaveLength(Object.keys(value).length);
          expect(read(twice)).toBeNull();
        }
      }),
    );
  });
});

test.each(["", "null", "1", '"a"', "[]", "[{}]", "{", "{}{}", "{'a':1}", '{"a":1,}', "\ufeff{}", '{"a":NaN}'])(
  "nothing else is one: %j",
  (text) => {
    expect(read(text)).toBeNull();
  },
);

test("bytes that are not UTF-8 are none", () => {
  expect(readJsonObject(Buffer.from([...Buffer.from('{"a":"'), 0xc3, 0x28, ...Buffer.from('"}')]))).toBeNull();
  expect(readJsonObject(Buffer.from('{"a":1}', "utf16le"))).toBeNull();
});

test("lists in lists without end are none, instead of the end of the program", () => {
  expect(read(`{"a":${"[".repeat(500_000)}${"]".repeat(500_000)}}`)).toBeNull();
});

function hex(code: number): string {
  return String.raw`\u${code.toString(16).padStart(4, "0")}`;
}
