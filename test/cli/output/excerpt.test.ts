import { expect, test } from "bun:test";
import fc from "fast-check";
import { markExcerpt } from "../../../src/cli/output/excerpt.ts";

const WIDTH = 30;

/** The lines for a text in which ‹ and › stand around the place. */
function mark(text: string, width = WIDTH): readonly string[] {
  const at = text.indexOf("‹");
  return markExcerpt({ text: text.replace(/[‹›]/g, ""), at, length: text.indexOf("›") - at - 1 }, width);
}

test.each<[string, string, string]>([
  ["due<‹fridy›", "due<fridy", "    ^^^^^"],
  ["+home or‹›", "+home or", "        ^"],
  ["‹(›+home or +work", "(+home or +work", "^"],
  ["日本 ‹明日› x", "日本 明日 x", "     ^^^^"],
  ["a\tb ‹c\nd›", "a\\tb c\\nd", "     ^^^^"],
  ["e\u0301 ‹x›", "e\u0301 x", "  ^"],
  ["+a +a +a +a +a +a ‹fridy› +b +b +b +b", "…+a +a +a +a fridy +b +b +b +b", "             ^^^^^"],
  ["+a +a +a +a +a +a +a +a +a +a ‹fridy›", "…+a +a +a +a +a +a +a +a fridy", "                         ^^^^^"],
  ["‹fridy› +a +a +a +a +a +a +a +a +a +a", "fridy +a +a +a +a +a +a +a +a…", "^^^^^"],
  [
    "+a ‹a value that is wider than all the room that there is› +b",
    "a value that is wider than al…",
    "^".repeat(WIDTH),
  ],
])("%p is shown with a mark under its place", (text, line, below) => {
  expect(mark(text)).toEqual([line, below]);
});

test("a mark stands within the width, under what is marked", () => {
  const text = fc.string({ unit: "grapheme-ascii", maxLength: 80 });
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 12, max: 80 }), (before, marked, behind, width) => {
      const excerpt = { text: before + marked + behind, at: before.length, length: marked.length };
      const [line, below] = markExcerpt(excerpt, width);
      expect(Bun.stringWidth(line)).toBeLessThanOrEqual(width);
      expect(below.length).toBeLessThanOrEqual(width);
      expect(below).toMatch(/^ *\^+$/);
      if (marked.length === 0 || marked.length > width) return;
      expect(line.slice(below.indexOf("^"), below.length)).toBe(marked);
    }),
  );
});
