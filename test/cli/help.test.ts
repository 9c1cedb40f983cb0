import { describe, expect, test } from "bun:test";
import type { Command } from "commander";
import { createProgram } from "../../src/cli/program.ts";
import { expectGolden, listGolden } from "../support/cli/golden.ts";
import { useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** The names of all commands, from the program itself, so that a new one is missing here until its help was looked at. */
const commands = listNames(createProgram(openTerminal().io, [], undefined));

/** Those behind a command as `db migrate`. */
function listNames(group: Command): string[] {
  const visible = group.createHelp().visibleCommands(group);
  return visible.flatMap((command) => {
    const behind = listNames(command).map((name) => `${command.name()} ${name}`);
    return command.name() === "help" ? [] : [command.name(), ...behind];
  });
}

const goldenOf = (name: string) => `help/${name.replaceAll(" ", "-")}.txt`;

describe("the help", () => {
  test("of the program is what was looked at", async () => {
    expectGolden("help/todo.txt", await openTerminal().print("--help"));
  });

  test.each(commands)("of %s is what was looked at", async (name) => {
    expectGolden(goldenOf(name), await openTerminal().print(...name.split(" "), "--help"));
  });

  test("is compared for every command and for no other", () => {
    expect(listGolden("help").map((name) => `help/${name}`)).toEqual(["todo", ...commands].map(goldenOf).toSorted());
  });

  test.each([[], ...commands.map((name) => name.split(" "))])(
    "begins with examples that call todo (%s)",
    async (...name) => {
      const help = await openTerminal().print(...name, "--help");
      expect(help).toStartWith("Examples:\n  ");
      const [, first = "", ...others] = (help.split("\n\n")[0] ?? "").split("\n");
      expect(first).toContain(["todo", ...name].join(" "));
      for (const example of others) expect(example).toContain("todo");
    },
  );

  test.each([
    ["-h", "todo"],
    ["help", "todo"],
    ["help add", "add"],
    ["add -h", "add"],
    ["add Pay rent --help", "add"],
    ["ls --help", "list"],
    ["db -h", "db"],
    ["db migrate -h", "db-migrate"],
  ])("is the same for todo %s", async (line, name) => {
    expectGolden(`help/${name}.txt`, await openTerminal().print(...line.split(" ")));
  });

  test("fits into 80 columns", async () => {
    const helps = await Promise.all(commands.map((name) => openTerminal().print(...name.split(" "), "--help")));
    const lines = helps.flatMap((help) => help.split("\n\n").slice(1).join("\n\n").split("\n"));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("opens no database", async () => {
    const terminal = openTerminal();
    await terminal.print("--help");
    await terminal.print("add", "--help");
    expect(terminal.opened).toEqual([]);
    expect(terminal.folders).toEqual([]);
  });
});

test("the version is on standard output", async () => {
  for (const flag of ["-V", "--version"]) {
    expect(await openTerminal().run(flag)).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  }
});
