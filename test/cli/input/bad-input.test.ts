import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u{e0001}\u3164";

/** What a user may type into any of the commands that write, and what is said. */
const BAD: [string, string[], string][] = [
  ["an empty title", [""], "title is empty"],
  ["a blank title", [" \t\u00a0\u3000 "], "title is empty"],
  ["a title of zero-width characters", [ZERO_WIDTH], "title is empty"],
  ["a title of control characters", ["\u0007\u001b\u0085"], "title is empty"],
  ["a title with NUL", ["a\0b"], "title contains a NUL character"],
  ["a title with half a character", ["a\udc00b"], "title contains half of a surrogate pair"],
  ["a title of 501 letters", ["x".repeat(501)], "title has 501 characters, at most 500 are allowed"],
  ["a title of 501 emoji", ["🦊".repeat(501)], "title has 501 characters, at most 500 are allowed"],
  ["an unknown priority", ["x", "priority:urgent"], 'unknown priority "urgent"'],
  ["31 February", ["x", "due:31 feb"], '"31 feb" is not a date: there is no 31 feb'],
  ["29 February of a short year", ["x", "due:2027-02-29"], '"2027-02-29" is not a date: there is no 2027-02-29'],
  ["an unfinished date", ["x", "due:2026-11"], '"2026-11" is not a date'],
  ["a blank date", ["x", "--due", " "], '" " is not a date'],
  ["a tag of two words", ["x", "--tag", "a b"], 'tag "a b" is not one word'],
  ["an empty tag", ["x", "--tag", ""], 'tag "" is not one word'],
  ["a tag that begins with +", ["x", "--tag", "+a"], 'tag "+a" is not one word'],
  ["a tag with a NUL", ["x", "--tag", "a\0"], "tag contains a NUL character"],
  ["a tag that can't be seen", ["x", "--tag", "\u200b"], 'tag "\u200b" is not one word'],
  ["a project with NUL", ["x", "--project", "a\0"], "project contains a NUL character"],
  ["a description with NUL", ["x", "--description", "a\0"], "description contains a NUL character"],
  [
    "a description with half a character",
    ["x", "--description", "\ud83e"],
    "description contains half of a surrogate pair",
  ],
];

describe("bad input", () => {
  test.each(BAD)(
    "(%s) is refused by add and edit with one clear line, and nothing is written",
    async (_, words, problem) => {
      const terminal = openTerminal();
      const task = await terminal.add("Pay rent", "due:friday", "+home");
      const log = await terminal.print("log", "--json");
      const change = words[0] === "x" ? words.slice(1) : ["--title", ...words];
      for (const argv of [
        ["add", ...words],
        ["edit", task.handle, ...change],
      ]) {
        const { code, out, err } = await terminal.run(...argv);
        expect([code, out]).toEqual([2, ""]);
        expect(err.split("\n")[0]).toBe(`todo: ${problem}`);
      }
      expect(await terminal.tasks()).toEqual([task]);
      expect(await terminal.print("log", "--json")).toBe(log);
    },
  );

  test("of one field refuses the others, too", async () => {
    const terminal = openTerminal();
    const task = await terminal.add("Pay rent");
    expect((await terminal.run("edit", "wbb", "--title", "New title", "+new", "due:31 feb")).code).toBe(2);
    expect(await terminal.look(task)).toEqual(task);
  });
});

describe("text that a terminal would obey", () => {
  const HOSTILE = "a\u001b[2Jb\u202ec\u2066d\u0007e\u009bf\ng\rh\u2028i\u007fj";
  const ESCAPED = "a\\e[2Jb\\u{202e}c\\u{2066}d\\u{7}e\\u{9b}f\\ng\\rh\\u{2028}i\\u{7f}j";
  const TAG = "t\u202eag";

  async function aTestUser() {
    const terminal = openTerminal();
    const task = await terminal.add("--project", HOSTILE, "--tag", TAG, "--description", HOSTILE, "--", HOSTILE);
    return { terminal, task };
  }

  test("is escaped wherever text is printed", async () => {
    const { terminal, task } = await aTestUser();
    const outputs = [
      await terminal.print("list"),
      await terminal.print("show", "wbb"),
      await terminal.print("log"),
      await terminal.print("projects"),
      await terminal.print("projects", "--quiet"),
      await terminal.print("edit", "wbb", "+x"),
      await terminal.print("done", "wbb"),
      (await terminal.run("done", "wbb")).err,
      (await terminal.run("show", task.id.slice(0, 8))).out,
    ];
    for (const output of outputs) {
      expect(output).toContain(ESCAPED);
      expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
    }
    for (const argv of [["list"], ["tags"], ["tags", "-q"]]) {
      await terminal.print("reopen", "wbb");
      expect(await terminal.print(...argv)).toContain("t\\u{202e}ag");
    }
  });

  test("is escaped in errors", async () => {
    const { terminal, task } = await aTestUser();
    const errors = [
      await terminal.run("add", "x", `due:${HOSTILE}`),
      await terminal.run("show", HOSTILE),
      await terminal.run("list", `status:${HOSTILE}`),
      await terminal.run(HOSTILE),
      await terminal.run("list", `--${HOSTILE}`),
      await terminal.run("add", "-", HOSTILE),
    ];
    await terminal.add("Milk");
    errors.push(await terminal.run("show", task.id.slice(0, 8)));
    for (const { code, err } of errors) {
      expect(code).toBeGreaterThan(1);
      expect(err.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
    }
  });

  test("is as it was typed for programs", async () => {
    const { terminal } = await aTestUser();
    for (const argv of [["list", "--json"], ["export"]]) {
      const [task]: WireTask[] = JSON.parse(await terminal.print(...argv));
      expect(task).toMatchObject({ title: HOSTILE, project: HOSTILE, description: HOSTILE, tags: [TAG] });
    }
    expect(JSON.parse(await terminal.print("list", "--ndjson"))).toMatchObject({ title: HOSTILE });
    expect(JSON.parse(await terminal.print("projects", "--json"))).toEqual([{ name: HOSTILE, count: 1 }]);
    expect(JSON.parse(await terminal.print("tags", "--json"))).toEqual([{ name: TAG, count: 1 }]);
  });

  test("of several lines stays several lines in a description", async () => {
    const terminal = openTerminal();
    await terminal.add("x", "--description", "one\n\n  two\u001b[31m\nthree");
    expect(await terminal.print("show", "wbb")).toContain(
      "description one\n\n              two\\e[31m\n            three\n",
    );
  });
});
