import { expect, test } from "bun:test";
import { putWord } from "../../../src/web/app/data/drafts.ts";

test.each([
  ["", "due:today", "due:today "],
  ["Pay rent", "due:today", "Pay rent due:today "],
  ["Pay rent ", "+", "Pay rent +"],
  ["Pay rent", "project:", "Pay rent project:"],
  // Of one key there is one word.
  ["Pay due:friday rent", "due:today", "Pay rent due:today "],
  ['Pay rent Due:"next friday" +home', "due:2030-01-05", "Pay rent +home due:2030-01-05 "],
  ["Pay rent overdue:x", "due:today", "Pay rent overdue:x due:today "],
  // Of tags there may be several.
  ["Pay rent +home", "+", "Pay rent +home +"],
])("in %p the word %p makes %p", (text, word, made) => {
  expect(putWord(text, word)).toBe(made);
});
