import { describe, expect, test } from "bun:test";
import { findNearest, suggestNearest } from "../../src/domain/nearest.ts";

const KNOWN = ["due", "due.before", "due.after", "project", "priority", "status", "overdue", "list", "log", "tomorrow"];

describe("the known word that somebody meant", () => {
  test.each([
    ["due.befor", ["due.before"]],
    ["dueafter", ["due.after"]],
    ["prioritty", ["priority"]],
    ["stauts", ["status"]],
    ["PROJECT", ["project"]],
    ["tomorow", ["tomorrow"]],
    ["tomrow", ["tomorrow"]],
    ["lsit", ["list"]],
    ["Due", ["due"]],
  ])("%s is a misspelling of %p", (word, nearest) => {
    expect(findNearest(word, KNOWN)).toEqual(nearest);
  });

  test.each(["", "x", "banana", "tag", "note", "https"])("%p resembles none", (word) => {
    expect(findNearest(word, KNOWN)).toEqual([]);
  });

  test("of several that are as near all are named, in their order", () => {
    expect(findNearest("lig", ["log", "lag", "list"])).toEqual(["log", "lag"]);
    expect(suggestNearest("lig", ["log", "lag", "list"])).toEqual(["Did you mean log or lag?"]);
  });

  test("a hint names it, and there is none without one", () => {
    expect(suggestNearest("projet", KNOWN)).toEqual(["Did you mean project?"]);
    expect(suggestNearest("banana", KNOWN)).toEqual([]);
  });

  test("without known words there is nothing to mean", () => {
    expect(findNearest("due", [])).toEqual([]);
  });
});
