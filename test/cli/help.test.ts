import { describe, expect, test } from "bun:test";
import type { Command } from "commander";
import { TOPICS } from "../../src/cli/help/topics.ts";
import { createProgram } from "../../src/cli/program.ts";
import { expectGolden, listGolden } from "../support/cli/golden.ts";
import { ON_A_TERMINAL, useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** The names of all commands, from the program itself, so that a new one is missing here until its help was looked at. */
const commands = listNames(await createProgram(openTerminal().io, [], undefined));

/** Those behind a command as `db migrate`. */
function listNames(group: Command): string[] {
  const visible = group.createHelp().visibleCommands(group);
  return visible.flatMap((command) => [
    command.name(),
    ...listNames(command).map((name) => `${command.name()} ${name}`),
  ]);
}

/** All commands that have commands behind them. */
function listGroups(group: Command): Command[] {
  return group.commands.flatMap((command) => (command.commands.length > 0 ? [command, ...listGroups(command)] : []));
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
    "says first what it is about, how to type it, and examples that call todo (%s)",
    async (...name) => {
      const [summary = "", usage, examples = ""] = (await openTerminal().print(...name, "--help")).split("\n\n");
      expect(summary.replaceAll("\n", " ")).toMatch(/^[A-Z].*\.$/);
      expect(usage).toStartWith(`Usage: ${["todo", ...name].join(" ")}`);
      const [heading, first = "", ...others] = examples.split("\n");
      expect(heading).toBe("Examples:");
      expect(first).toContain(["todo", ...name].join(" "));
      for (const example of others) expect(example).toContain("todo");
    },
  );

  test("of the program shows every command in a group", async () => {
    const groups = (await openTerminal().print("--help")).split("\n\n").slice(3);
    const { commands: all } = await createProgram(openTerminal().io, [], undefined);
    const names = all.map((command) => command.name());
    for (const name of names.filter((each) => !each.startsWith("_"))) {
      const homes = groups.filter((group) => group.includes(`\n  ${name} `) && !group.startsWith("Help topics"));
      expect(homes).toHaveLength(1);
    }
    expect(groups.map((group) => group.split("\n")[0])).toEqual([
      "Tasks:",
      "Views:",
      "Data:",
      "Sync and account:",
      "Server:",
      "This program:",
      "Help topics:",
      "Options:",
      "Global options:",
      "See todo help COMMAND for a command, and todo help TOPIC for a topic.",
    ]);
  });

  test.each(commands)("of %s names the options that commands share on one line, below its own", async (name) => {
    const help = await openTerminal().print(...name.split(" "), "--help");
    expect(help).not.toMatch(/^ +(--json|--ndjson|-q|--color|--no-color|--db|-h)/m);
    expect(help).toMatch(/\n\nGlobal options: --json.*; see todo\s--help\n$/s);
  });

  test.each(["config list", "completion", "completion install", "config"])(
    "of %s does not name --db, which means nothing there",
    async (name) => {
      expect(await openTerminal().print(...name.split(" "), "--help")).not.toContain("--db");
    },
  );

  test.each([
    ["-h", "todo"],
    ["help", "todo"],
    ["help add", "add"],
    ["help ls", "list"],
    ["help db migrate", "db-migrate"],
    ["help help", "help"],
    ["--no-color help add", "add"],
    ["list -qh", "list"],
    ["add -h", "add"],
    ["add Pay rent --help", "add"],
    ["ls --help", "list"],
    ["db -h", "db"],
    ["db migrate -h", "db-migrate"],
  ])("is the same for todo %s", async (line, name) => {
    expectGolden(`help/${name}.txt`, await openTerminal().print(...line.split(" ")));
  });

  const texts = [[], ...commands.map((name) => name.split(" ")), ...TOPICS.map(({ name }) => ["help", name])];

  test.each([
    ["80 columns in a pipe", { columns: 200 }, 80],
    ["a terminal of 40 columns", { ...ON_A_TERMINAL, columns: 40 }, 40],
    ["100 columns of a wide terminal", { ...ON_A_TERMINAL, columns: 200 }, 100],
  ])("fits into %s, and breaks no word and no example", async (_, setup, width) => {
    const wide = openTerminal({ ...ON_A_TERMINAL, columns: 100 });
    for (const words of texts) {
      const argv = words[0] === "help" ? words : [...words, "--help"];
      const help = await openTerminal(setup).print(...argv);
      const lines = help.split("\n").filter((line) => !/^ {2}\S.*\btodo\b|^ {2}todo /.test(line));
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(help.split(/\s+/)).toEqual((await wide.print(...argv)).split(/\s+/));
    }
  });

  test("opens no database", async () => {
    const terminal = openTerminal();
    await terminal.print("--help");
    await terminal.print("add", "--help");
    expect(terminal.opened).toEqual([]);
    expect(terminal.folders).toEqual([]);
  });
});

describe("a help topic", () => {
  test.each(TOPICS.map(({ name }) => name))("%s is what was looked at", async (name) => {
    expectGolden(`topics/${name}.txt`, await openTerminal().print("help", name));
  });

  test("is compared for each and for no other", () => {
    expect(listGolden("topics")).toEqual(TOPICS.map(({ name }) => `${name}.txt`).toSorted());
  });

  test.each([
    [["fliters"], 'there is no command or topic "fliters"', ["Did you mean filters?", "See: todo help"]],
    [["zzzzzz"], 'there is no command or topic "zzzzzz"', ["See: todo help"]],
    [["edti"], 'there is no command or topic "edti"', ["Did you mean edit?", "See: todo help"]],
    [["db", "statsu"], "unknown command 'statsu'", ["Did you mean status?", "See: todo db --help"]],
    [["add", "milk"], "unknown command 'milk'", ["See: todo add --help"]],
    [["__complete"], 'there is no command or topic "__complete"', ["Did you mean completed?", "See: todo help"]],
  ])("that does not exist is refused with what may be meant: todo help %p", async (words, message, hints) => {
    expect(await openTerminal().run("help", ...words)).toEqual({
      code: 2,
      out: "",
      err: [`todo: ${message}`, ...hints.map((hint) => `  ${hint}`), ""].join("\n"),
    });
  });
});

describe("a group without a subcommand", () => {
  test.each(["auth", "admin", "db"])("shows on standard error what it can do, and exits with 2 (%s)", async (name) => {
    const { code, out, err } = await openTerminal().run(name);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith(`todo: todo ${name} needs a subcommand\n  Use one of `);
    expect(err).toEndWith(`\n\n${await openTerminal().print(name, "--help")}`);
  });

  test("is one that has no list: every other lists alone, and with list behind it", async () => {
    const groups = listGroups(await createProgram(openTerminal().io, [], undefined));
    const lists = (command: Command) => command.commands.some((each) => each.name() === "list");
    const [nouns, others] = [true, false].map((wanted) =>
      groups.flatMap((command) => (lists(command) === wanted ? [command.name()] : [])),
    );
    expect(nouns).toEqual(["filter", "tags", "projects", "sessions", "token", "invites", "users", "config"]);
    // Alone, completion prints the script of a shell.
    expect(others).toEqual(["auth", "admin", "db", "completion"]);
  });

  test.each(["filter", "tags", "projects", "admin users", "admin invites", "config"])(
    "says the same with list and without it: todo %s",
    async (noun) => {
      const words = noun.split(" ");
      const terminal = openTerminal();
      await terminal.print("add", "Milk", "+shop", "project:Home");
      await terminal.print("filter", "save", "errands", "+shop");
      const listed = await terminal.run(...words);
      expect(listed.code).toBe(0);
      expect(await terminal.run(...words, "list")).toEqual(listed);
      expect(await terminal.run(...words, "list", "--json")).toEqual(await terminal.run(...words, "--json"));
      expect((await terminal.run(...words, "lits")).err).toContain("  Did you mean list?\n");
    },
  );

  test("is an error as JSON for programs", async () => {
    const { code, out, err } = await openTerminal().run("db", "--json");
    expect([code, out]).toEqual([2, ""]);
    expect(JSON.parse(err)).toEqual({
      error: { code: "usage", message: "todo db needs a subcommand", hints: ["Use one of migrate, status."] },
    });
  });
});

test("the version is on standard output", async () => {
  for (const flag of ["-V", "--version"]) {
    expect(await openTerminal().run(flag)).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  }
});
