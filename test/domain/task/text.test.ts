import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  cleanText,
  countCodePoints,
  FOLD_SEPARATOR,
  foldName,
  foldText,
  isBlank,
} from "../../../src/domain/task/text.ts";
import { refusal } from "../../support/errors.ts";

describe("a text as it is stored", () => {
  test("is what was typed, with its spaces and line breaks", () => {
    expect(cleanText("title", "  a\tb\r\nc  ", 20)).toBe("  a\tb\r\nc  ");
  });

  test("is in NFC, so that two keyboards write the same word", () => {
    expect(cleanText("title", "A\u0308pfel", 20)).toBe("Äpfel");
    expect(cleanText("title", "\u1112\u1161\u11ab", 20)).toBe("한");
  });

  test("keeps emoji of many code points as they are", () => {
    expect(cleanText("title", "👩‍👩‍👧 🏳️‍🌈", 20)).toBe("👩‍👩‍👧 🏳️‍🌈");
  });

  test("is measured in code points, not in UTF-16 units", () => {
    expect(cleanText("title", "🦊".repeat(5), 5)).toBe("🦊".repeat(5));
    expect(countCodePoints("a🦊é")).toBe(3);
  });

  test("is measured as it is stored, so composing may bring it under the limit", () => {
    expect(cleanText("title", "e\u0301".repeat(5), 5)).toBe("é".repeat(5));
  });

  test.each([
    ["a NUL character", "a\0b", "title contains a NUL character"],
    ["a high surrogate alone", "a\ud83e", "title contains half of a surrogate pair"],
    ["a low surrogate alone", "\udd8aa", "title contains half of a surrogate pair"],
    ["a pair in the wrong order", "\udd8a\ud83e", "title contains half of a surrogate pair"],
    ["one emoji too many", "🦊".repeat(6), "title has 6 characters, at most 5 are allowed"],
    ["one letter too many", "abcdef", "title has 6 characters, at most 5 are allowed"],
    // U+0958 is two code points in NFC.
    [
      "what grows over the limit when it is normalised",
      "\u0958".repeat(3),
      "title has 6 characters, at most 5 are allowed",
    ],
  ])("never holds %s", (_, text, message) => {
    expect(refusal(() => cleanText("title", text, 5))).toMatchObject({ code: "invalid_input", message });
  });
});

describe("a text in which nothing can be seen", () => {
  test.each([
    ["nothing", ""],
    ["spaces", " \t\n"],
    ["a no-break space", "\u00a0"],
    ["an ideographic space", "\u3000"],
    ["zero width space", "\u200b"],
    ["zero width joiner and non-joiner", "\u200d\u200c"],
    ["a byte order mark", "\ufeff"],
    ["a soft hyphen", "\u00ad"],
    ["direction marks", "\u200e\u202e\u2066"],
    ["a variation selector", "\ufe0f"],
    ["a Hangul filler", "\u3164"],
    ["a tag character", "\u{e0061}"],
    ["control characters", "\u0007\u001b\u0085"],
  ])("%s", (_, text) => {
    expect(isBlank(text)).toBe(true);
  });

  test.each([
    ["a letter among zero-width spaces", "\u200ba\u200b"],
    ["an emoji with a joiner", "👩‍👧"],
    ["a dot", "."],
    ["a combining mark", "\u0301"],
  ])("is not one with %s", (_, text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe("a text as a search compares it", () => {
  test.each([
    ["Über", "uber"],
    ["A\u0308pfel", "apfel"],
    ["STRASSE Straße GROẞ", "strasse strasse gross"],
    ["İstanbul ısırgan", "istanbul isirgan"],
    ["Øl, Łódź, Đorđe, Ægir, Œuvre, Þór", "ol, lodz, dorde, aegir, oeuvre, thor"],
    ["ΟΔΌΣ", "οδοσ"],
    ["ガ 한 हिन्दी", "ガ 한 हिन्दी"],
    ["x\u0302\u0301", "x"],
  ])("is of %p: %p", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test("is the same for all spellings of it, and folded again does not change", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const folded = foldText(text);
        expect([foldText(text.normalize("NFD")), foldText(folded)]).toEqual([folded, folded]);
        expect(folded).not.toContain(FOLD_SEPARATOR);
      }),
    );
  });
});

test("a name is compared without case, and with its accents", () => {
  expect(["Ärzte", "STRASSE", "ΟΔΟΣ"].map(foldName)).toEqual(["ärzte", "strasse", "οδοσ"]);
  expect(foldName("Straße")).not.toBe(foldName("STRASSE"));
});
