import { beforeEach, describe, expect, test } from "bun:test";
import { findCommands } from "../../../src/web/app/data/commands.ts";
import { suggestWords, takeSuggestion } from "../../../src/web/app/data/suggestions.ts";
import { showPlace, taskOf } from "./tasks-here.ts";

const FILTERS = [{ name: "Quick calls", filter: "+call estimate.under:10min" }];

beforeEach(() =>
  showPlace({ kind: "list", list: "all" }, [
    taskOf("Call Ann", { project: "Home office", tags: ["call"] }),
    taskOf("Recall the letter", { project: "Family", tags: ["homework"] }),
    taskOf("Call Bo", { completedAt: "2026-11-21T09:00:00.000Z" }),
    taskOf("Call the thief", { deletedAt: "2026-11-21T09:00:00.000Z" }),
  ]),
);

describe("the palette", () => {
  const find = (text: string) => findCommands(text, FILTERS).map(({ kind, words }) => `${kind}: ${words}`);

  test("finds saved filters, tags, open tasks and done ones, and no deleted ones", () => {
    expect(find("call")).toEqual([
      "Go to: Quick calls",
      "Go to: +call",
      "Task: Call Ann",
      "Task: Recall the letter",
      "Done: Call Bo",
    ]);
  });

  test("begins with what begins with the text", () => {
    expect(find("re")[0]).toBe("Do: Redo");
    expect(find("undo")).toEqual(["Do: Undo"]);
  });

  test("offers each place and command once while nothing is typed, and no tasks", () => {
    const offered = find("");
    expect(offered).toContain("Do: Add a task");
    expect(offered).toContain("Go to: Settings");
    expect(offered.filter((each) => each === "Do: Undo")).toHaveLength(1);
    expect(offered.some((each) => each.startsWith("Task"))).toBe(false);
  });

  test("has room for tasks, however many places fit", () => {
    const projects = Array.from({ length: 30 }, (_, at) => taskOf(`Task ${at}`, { project: `Call center ${at}` }));
    showPlace({ kind: "list", list: "all" }, [...projects, taskOf("Call Ann")]);
    expect(find("call")).toContain("Task: Call Ann");
  });
});

describe("a word that is typed", () => {
  test.each([
    ["Pay +ho", ["+homework"]],
    ["Pay project:ho", ['project:"Home office"']],
    // A space in quotes ends no word.
    ['Pay project:"Home o', ['project:"Home office"']],
    ['Pay project:"Home office" +ca', ["+call"]],
    ["Pay priority:h", ["priority:high"]],
    ["Pay home", []],
  ])("%p may become %p", (text, words) => {
    expect(suggestWords(text)).toEqual(words);
  });

  test.each([
    ["Pay +ho", "+homework", "Pay +homework "],
    ['Pay project:"Home o', 'project:"Home office"', 'Pay project:"Home office" '],
    ["+ho", "+homework", "+homework "],
  ])("%p is completed by %p to %p", (text, word, completed) => {
    expect(takeSuggestion(text, word)).toBe(completed);
  });
});
