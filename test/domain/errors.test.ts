import { expect, test } from "bun:test";
import { hasCode, TodoError } from "../../src/domain/errors.ts";

test("an error carries its code, what to type next and where it came from", () => {
  const cause = new Error("disk");
  const error = new TodoError("io_failed", "the disk did not write", { hints: ["Run: todo doctor"], cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "TodoError", code: "io_failed", message: "the disk did not write", cause });
  expect(error.hints).toEqual(["Run: todo doctor"]);
});

test("an error without hints has an empty list of them", () => {
  expect(new TodoError("internal", "x").hints).toEqual([]);
});

test.each([
  ["one of the codes asked for", new TodoError("conflict", "x"), true],
  ["another code", new TodoError("internal", "x"), false],
  ["the same code on an error of the platform", Object.assign(new Error("x"), { code: "conflict" }), false],
  ["nothing", undefined, false],
])("a guard for two codes meets %s", (_, error, expected) => {
  expect(hasCode(error, "not_found", "conflict")).toBe(expected);
});
