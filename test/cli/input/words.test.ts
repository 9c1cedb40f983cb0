import { expect, test } from "bun:test";
import { type FieldFlags, readEditWords, readWords } from "../../../src/cli/input/words.ts";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { refusal } from "../../support/errors.ts";

function read(words: readonly string[], { literal = [], ...flags }: FieldFlags & { literal?: string[] } = {}) {
  return readWords(toArguments(words), literal, flags, SYSTEM);
}

test("words behind -- are all title", () => {
  expect(read(["Pay"], { literal: ["due:friday", "+home", "--"] })).toEqual({ title: "Pay due:friday +home --" });
});

test("words behind -- are no part of a date", () => {
  expect(read(["due:friday"], { literal: ["17:00"] })).toEqual({ title: "17:00", dueDate: "2026-11-27" });
});

test("flags say the same as words", () => {
  const flags = { due: "next friday", project: "Home", priority: "Low", tag: ["a", "b"], depends: ["bcd, fgh,"] };
  const words = ["due:next friday", "project:Home", "priority:low", "+a", "+b", "depends:bcd,fgh"];
  expect(read(["Pay"], flags)).toEqual(read(["Pay", ...words]));
});

test("a flag that says what a word says is refused", () => {
  expect(refusal(() => read(["due:friday"], { due: "monday" })).message).toBe("due is given twice: friday and monday");
});

test("a key without a value is refused in a new task, also when a flag has one", () => {
  expect(refusal(() => read(["Pay", "due:"], { due: "monday" })).message).toBe("due: has no value");
});

test("flags of an edit clear fields, and add to what a task has several of", () => {
  const flags = { wait: false, parent: false, remind: ["1h"] } as const;
  expect(readEditWords([], flags, SYSTEM)).toEqual({ waitUntil: null, parentRef: null, addReminders: ["-PT1H"] });
});
