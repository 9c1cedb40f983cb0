import { expect, test } from "bun:test";
import fc from "fast-check";
import { escapeControls, escapeLines, toJson } from "../../src/domain/escape.ts";

test("control and bidi characters become visible", () => {
  expect(escapeControls("a\nb\rc\td\u001be\0f")).toBe("a\\nb\\rc\\td\\ee\\u{0}f");
  expect(escapeControls("\u007f\u0080\u009b")).toBe("\\u{7f}\\u{80}\\u{9b}");
  expect(escapeControls("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069")).toBe(
    "\\u{61c}\\u{200e}\\u{200f}\\u{2028}\\u{2029}\\u{202a}\\u{202e}\\u{2066}\\u{2069}",
  );
});

test("all other characters stay, joined emoji and Arabic letters too", () => {
  for (const text of ["Pay rent", "日本語", "👩‍👩‍👧", "שלום", "مرحبا", "e\u0301", "a\u00a0b", "\\n", "C:\\new"]) {
    expect(escapeControls(text)).toBe(text);
  }
});

test("whatever the text, one line without a control character is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeControls(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      expect(escapeLines(text).split("\n")).toHaveLength(text.split("\n").length);
    }),
  );
});

test("JSON has the same characters as escapes and loses nothing", () => {
  expect(toJson("\u007f\u0080\u009b\u061c\u200e\u2028\u202e\u2069é\u001b")).toBe(
    '"\\u007f\\u0080\\u009b\\u061c\\u200e\\u2028\\u202e\\u2069é\\u001b"',
  );
  fc.assert(
    fc.property(fc.json(), fc.string({ unit: "binary" }), (json, text) => {
      const value: unknown = [JSON.parse(json), text];
      expect(toJson(value)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      expect(JSON.parse(toJson(value))).toEqual(value);
    }),
  );
});
