import { describe, expect, test } from "bun:test";
import { createProgram } from "../../src/cli/program.ts";
import { listNamesElsewhere, NAMES_ELSEWHERE } from "../../src/cli/input/names-elsewhere.ts";
import { useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();

const PROGRAM = await createProgram(openTerminal().io, [], undefined);
const COMMANDS = new Set([...PROGRAM.commands.flatMap((command) => [command.name(), ...command.aliases()]), "help"]);

async function hintsOf(...argv: readonly string[]): Promise<string[]> {
  const { code, out, err } = await openTerminal().run(...argv);
  expect([code, out]).toEqual([2, ""]);
  const [problem = "", ...hints] = err.trimEnd().split("\n");
  expect(problem).toStartWith("todo: unknown command ");
  return hints.map((hint) => hint.trim());
}

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "a name that every object has (%s) is no command",
  async (name) => expect(await hintsOf(name)).toEqual(["See: todo --help"]),
);

describe("a name that other programs have for a command", () => {
  test.each([
    ["complete", "done"],
    ["finish", "done"],
    ["delete", "rm"],
    ["modify", "edit"],
    ["ready", "next"],
    ["search", "list"],
    ["burndown", "stats"],
    ["version", "todo --version"],
    ["open", "show or reopen"],
    ["uncomplete", "reopen"],
    ["new", "add"],
    ["history", "log"],
    ["DELETE", "rm"],
  ])("(%s) leads to ours: %s", async (name, ours) => {
    expect(await hintsOf(name, "kqv")).toEqual([`Did you mean ${ours}?`, "See: todo --help"]);
  });

  test.each([
    ["recur", "To repeat a task: todo add TITLE every:week, or todo edit REF every:week"],
    ["describe", "A longer text is the description: todo edit REF --description TEXT"],
  ])("(%s) that no command has is answered plainly", async (name, answer) => {
    expect(await hintsOf(name)).toEqual([answer, "See: todo --help"]);
  });

  test("leads to a command that there is", async () => {
    expect(Object.keys(NAMES_ELSEWHERE).filter((command) => !COMMANDS.has(command))).toEqual([]);
    for (const name of listNamesElsewhere()) {
      const [hint = ""] = await hintsOf(name);
      const named = [...hint.matchAll(/: todo ([a-z]+)/g)].map(([, word = ""]) => word);
      expect([name, named.filter((word) => !COMMANDS.has(word))]).toEqual([name, []]);
      expect([name, hint]).not.toEqual([name, "See: todo --help"]);
    }
  });

  test("is none of ours, which would never be looked up", () => {
    expect(listNamesElsewhere().filter((name) => COMMANDS.has(name))).toEqual([]);
  });
});

describe("an unknown command", () => {
  test.each([
    [["lits"], "Did you mean list?"],
    [["lits", "--help"], "Did you mean list?"],
    [["help", "lits"], "Did you mean list?"],
    [["hlep"], "Did you mean help?"],
    [["complete", "-h"], "Did you mean done?"],
    [["--json", "delete", "--help"], "Did you mean rm?"],
  ])("is an error with a suggestion, also where help is asked for: %p", async (argv, hint) => {
    const { code, out, err } = await openTerminal().run(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(hint);
  });

  test.each(["config gte", "config gte --help", "help config gte"])(
    "of a group is an error too: todo %s",
    async (line) => {
      expect(await hintsOf(...line.split(" "))).toEqual(["Did you mean get?", "See: todo config --help"]);
    },
  );

  test("that resembles none of ours has no suggestion", async () => {
    expect(await hintsOf("zzzzzzzz", "--help")).toEqual(["See: todo --help"]);
  });

  test("leaves the help of known ones alone", async () => {
    const terminal = openTerminal();
    for (const argv of [["help", "ls"], ["config", "get", "--help"], ["-h"]]) {
      expect(await terminal.print(...argv)).toContain("Usage: todo");
    }
  });
});
