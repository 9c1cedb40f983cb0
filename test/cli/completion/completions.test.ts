import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { TERM_KEYS } from "../../../src/domain/query/terms.ts";
import { FIELD_KEYS } from "../../../src/domain/task/field-keys.ts";
import { SHELLS } from "../../../src/cli/completion/scripts.ts";
import { createProgram } from "../../../src/cli/program.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";
import { photograph } from "../../support/disks/files.ts";
import { expectGolden } from "../../support/cli/golden.ts";
import { useFreshPaths, useScratch } from "../../support/disks/scratch.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();
const freshPath = useFreshPaths();

/** What is printed for the last of the words, line by line. It is always printed without a complaint. */
async function complete(terminal: Terminal, words: readonly string[]): Promise<string[]> {
  const { code, out, err } = await terminal.run("__complete", "--", ...words);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out.split("\n").slice(0, -1);
}

/** The same without the descriptions. */
async function offer(terminal: Terminal, ...words: readonly string[]): Promise<string[]> {
  return (await complete(terminal, words)).map((line) => line.split("\t")[0] ?? "");
}

const FILES = ["\tfiles"];
const DAYS = ["today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const DUE = [...DAYS, "next week", "next month", "eow", "eom", "eoy"];
const UNITS = ["week", "month", "quarter", "year"];
const behind = (start: string, words: readonly string[]) => words.map((word) => start + word);

/** A terminal with three open tasks: Rent in Home with +bills, Plan in Side work with +home and +2026, and Milk. */
async function openFurnished(): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.add("Rent", "project:Home", "+bills");
  await terminal.add("Plan", "project:Side work", "+home", "--tag", "2026");
  await terminal.add("Milk");
  return terminal;
}

const KEYS = FIELD_KEYS.map(({ name }) => `${name}:`);

describe("Tab", () => {
  test("offers every command of the help with what it does, and not the one that completes", async () => {
    const lines = await complete(openTerminal(), [""]);
    expect(lines).toContain("done\tcomplete tasks");
    const names = lines.map((line) => line.split("\t")[0]);
    expect(names).toContain("completion");
    expect(names).toContain("help");
    expect(names).not.toContain("__complete");
    expect(await offer(openTerminal(), "re")).toEqual(["reopen", "restore", "redo", "reminders"]);
    expect(await openTerminal().print("--help")).not.toContain("__complete");
  });

  test("offers open tasks for a parent, for dependencies one after another, and for a place", async () => {
    const terminal = await openFurnished();
    const [rent = "", plan = "", milk = ""] = (await terminal.tasks()).map(({ handle }) => handle.slice(0, 3));
    const all = [milk, plan, rent].toSorted();
    const offered = async (...words: readonly string[]) => (await offer(terminal, ...words)).toSorted();
    expect(await offered("add", "x", "parent:")).toEqual(behind("parent:", all));
    expect(await offered("add", "x", `parent:${rent.slice(0, 2)}`)).toEqual([`parent:${rent}`]);
    expect(await offered("edit", rent, "depends:")).toEqual([...behind("depends:", all), "depends:none"].toSorted());
    expect(await offered("edit", rent, `depends:${rent},${milk.slice(0, 2)}`)).toEqual([`depends:${rent},${milk}`]);
    expect(await offered("edit", rent, "--depends", `${rent},${milk.slice(0, 2)}`)).toEqual([`${rent},${milk}`]);
    expect(await offered("edit", rent, "not:depends:")).toEqual(behind("not:depends:", all));
    expect(await offered("move", "")).toEqual(all);
    for (const option of ["--before", "--after", "--under"])
      expect(await offered("move", rent, option, "")).toEqual(all);
  });

  test.each([
    ["a sign behind a key", ["list", "priority>=h"], ["priority>=high"]],
    ["a longer sign", ["list", "due<=tod"], ["due<=today"]],
    ["a parenthesis", ["list", "(+bi"], ["(+bills"]],
    ["a sign that turns round", ["list", "!+bi"], ["!+bills"]],
    ["a word that joins", ["list", "+home or +bi"], ["+home or +bills"]],
    ["several of these", ["next", "(+home or !is:act"], ["(+home or !is:active"]],
    ["--where", ["edit", "--where", "+bi"], ["+bills"]],
    ["--where and what stands in it", ["done", "--where=+home is:ov"], ["--where=+home is:overdue"]],
    ["a value with spaces", ["list", "project:Side w"], ["project:Side work"]],
  ])("offers terms of a filter behind %s", async (_, words, offered) => {
    expect(await offer(await openFurnished(), ...words)).toEqual(offered);
  });

  test("offers saved filters with what they say, where a command takes one", async () => {
    const terminal = await openFurnished();
    await terminal.print("filter", "save", "errands", "+home");
    await terminal.print("filter", "save", "Work", "project:Work");
    for (const command of ["show", "rm", "save"]) {
      expect(await complete(terminal, ["filter", command, ""])).toEqual(["errands\t+home", "Work\tproject:Work"]);
      expect(await offer(terminal, "filter", command, "w")).toEqual(["Work"]);
    }
    expect(await offer(terminal, "context", "")).toEqual(["errands", "Work", "off"]);
    expect(await offer(terminal, "context", "errands", "")).toEqual([]);
    expect(await offer(terminal, "config", "set", "context", "")).toEqual(["errands", "Work", "off"]);
    expect(await offer(terminal, "config", "set", "view", "f")).toEqual(["filter:errands", "filter:Work"]);
    expect(await offer(terminal, "filter", "save", "new", "+h")).toEqual(["+home"]);
    expect(await complete(terminal, ["list", "filter:w"])).toEqual(["filter:Work\tproject:Work"]);
    expect(await offer(terminal, "filter", "")).toEqual(["list", "save", "show", "rm"]);
  });

  test("offers every option of every command with its description", async () => {
    const program = await createProgram(openTerminal().io, [], undefined);
    for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
      if (command.name().startsWith("_")) continue;
      const group = command.parent?.parent ? [command.parent.name()] : [];
      const lines = await complete(openTerminal(), [...group, command.name(), "-"]);
      const options = command.options.filter(({ hidden }) => !hidden);
      for (const { long, description } of options) expect(lines).toContain(`${long}\t${description}`);
      expect(lines).toContain("--help\tshow this help");
    }
  });

  test("offers the options of the program before a command, and of an alias", async () => {
    expect(await offer(openTerminal(), "--")).toEqual(["--version", "--color", "--no-color", "--db", "--help"]);
    expect(await offer(openTerminal(), "ls", "--so")).toEqual(["--sort"]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      "the orders of list",
      ["list", "--sort", ""],
      ["due", "created", "title", "priority", "rank", "updated", "completed"],
    ],
    ["an order behind =", ["list", "--sort=t"], ["--sort=title"]],
    ["what lists are grouped by", ["list", "--group", ""], ["project", "due", "priority", "tag", "none"]],
    ["a column", ["list", "--columns", "t"], ["title", "tags"]],
    ["a column behind a comma and a space", ["list", "--columns", "id, t"], ["id, title", "id, tags"]],
    ["a field of a template", ["list", "--template", "{ti"], ["{title}"]],
    ["one more field of a template", ["today", "--template={handle} {d"], ["--template={handle} {due}"]],
    ["a field behind a brace for itself", ["list", "--template", "{{{ti"], ["{{{title}"]],
    ["a field behind text", ["list", "--template", "{{ti{ti"], ["{{ti{title}"]],
    ["the word for the usual columns, alone", ["today", "--columns", "u"], ["updated", "usual"]],
    ["one more column", ["completed", "--columns=id,u"], ["--columns=id,updated"]],
    ["the priorities", ["add", "--priority", ""], ["high", "medium", "low"]],
    ["projects", ["add", "--project", ""], ["Home", "Side work"]],
    ["a project behind =", ["edit", "bcd", "--project=s"], ["--project=Side work"]],
    ["tags", ["add", "--tag", ""], ["2026", "bills", "home"]],
    ["tags to take away", ["edit", "bcd", "--untag", "h"], ["home"]],
    ["days", ["add", "--due", ""], DUE],
    ["nothing for a free text", ["add", "--description", ""], []],
    ["nothing for an option that takes nothing", ["list", "--reverse=t"], []],
    ["nothing for an option that is not there", ["list", "--nothing=t"], []],
  ])("offers as the value of an option %s", async (_, words, expected) => {
    expect(await offer(await openFurnished(), ...words)).toEqual([...expected]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["the keys and tags of add", ["add", "Milk", ""], [...KEYS, "+bills", "+home"]],
    ["a tag", ["add", "+h"], ["+home"]],
    ["projects whatever their case", ["add", "project:h"], ["project:Home"]],
    ["priorities of add", ["add", "priority:"], behind("priority:", ["high", "medium", "low"])],
    ["days of add", ["add", "due:"], behind("due:", DUE)],
    ["a day by its beginning", ["add", "due:tom"], ["due:tomorrow"]],
    ["nothing for words of a title", ["add", "Mil"], []],
    ["the keys and tags of edit", ["edit", "bcd", ""], [...KEYS, "not:", "+bills", "+home"]],
    ["a tag for edit to take off", ["edit", "bcd", "not:"], ["not:+2026", "not:+bills", "not:+home", "not:depends:"]],
    ["values of edit that clear", ["edit", "bcd", "priority:"], behind("priority:", ["high", "medium", "low", "none"])],
    ["projects of edit", ["edit", "bcd", "project:"], behind("project:", ["Home", "Side work", "none"])],
    ["no date for edit", ["edit", "bcd", "due:n"], behind("due:", ["next week", "next month", "none"])],
    ["tags of list that are numbers", ["list", "+2"], ["+2026"]],
    [
      "the states of list",
      ["list", "status:"],
      behind("status:", ["pending", "completed", "cancelled", "deleted", "all"]),
    ],
    [
      "all that a date can be compared by",
      ["list", "due."],
      ["due.before:", "due.by:", "due.after:", "due.from:", "due.is:", "due.not:"],
    ],
    ["days of a side", ["list", "due.before:"], behind("due.before:", DUE)],
    ["what is absent", ["list", "due:none"], ["due:none"]],
    ["what is late", ["list", "o"], ["overdue"]],
    ["the terms of list for today", ["today", "ov"], ["overdue"]],
    ["the terms of list for upcoming", ["upcoming", "due.b"], ["due.before:", "due.by:"]],
    [
      "a period of completed",
      ["completed", "t"],
      ["today", ...behind("this ", UNITS), "tag:", "title:", "text:", "tomorrow"],
    ],
    ["the other period of completed", ["completed", "w"], ["week", "wait:"]],
    ["periods of two words", ["completed", "last w"], ["last week"]],
    ["the second word of a period", ["stats", "last", ""], UNITS],
    ["the second word in the same words as the first", ["completed", "THIS", "q"], ["quarter"]],
    ["no second word behind a whole period", ["completed", "last", "week", "m"], []],
    ["months of calendar", ["calendar", "ma"], ["march", "may"]],
    ["months of calendar near today", ["cal", "n"], ["november", "next month", "note:", "not:"]],
    ["the second word of such a month", ["calendar", "next", ""], ["month"]],
    ["the terms of a filter behind a month", ["calendar", "february", "+h"], ["+home"]],
    ["the values of a key in short", ["list", "pri:h"], ["pri:high"]],
    ["the values of a key in short and by a word", ["list", "sched.before:tom"], ["sched.before:tomorrow"]],
    ["the values of a key in short and by a sign", ["list", "pri>=h"], ["pri>=high"]],
    ["the values of a key in capitals", ["list", "Proj:s"], ["Proj:Side work"]],
    ["the contrary of a key in short", ["list", "not:proj:S"], ["not:proj:Side work"]],
    ["the values of a key in short of add", ["add", "pri:h"], ["pri:high"]],
    ["no values of a key that fits several", ["list", "de:k"], []],
    ["whatever can have happened", ["list", "created:last "], behind("created:last ", UNITS)],
    ["since when reminders are listed", ["reminders", "--since", "l"], ["last"]],
    ["a period of stats", ["stats", "y"], ["yesterday", "year"]],
    ["no second period", ["completed", "week", "t"], ["tag:", "title:", "text:", "tomorrow"]],
    ["days that are terms", ["list", "t"], ["tag:", "title:", "text:", "today", "tomorrow"]],
    ["the terms of list behind a period", ["completed", "week", "+h"], ["+home"]],
    ["the contrary of a tag", ["list", "not:+h"], ["not:+home"]],
    ["the contrary of a project", ["list", "+home", "not:project:S"], ["not:project:Side work"]],
    ["the contrary of the contrary", ["list", "not:not:over"], ["not:not:overdue"]],
    ["the same behind the alias", ["ls", "+h"], ["+home"]],
    ["shells", ["completion", ""], ["bash", "zsh", "fish", "install"]],
    ["one shell", ["completion", "bash", ""], []],
    ["the shell to install for", ["completion", "install", ""], ["bash", "zsh", "fish"]],
    ["commands to be helped with", ["help", "un"], ["undo"]],
    ["topics to be helped with", ["help", "fil"], ["filter", "filters"]],
    ["a word that is a command and a topic once", ["help", "sy"], ["sync"]],
    ["subcommands to be helped with", ["help", "db", ""], ["migrate", "status"]],
    ["no third word to be helped with", ["help", "db", "status", ""], []],
    ["files to import", ["import", ""], FILES],
    ["one file to import", ["import", "a.json", ""], []],
    ["files to back up to", ["backup", "x"], FILES],
    ["when to use colours", ["--color", ""], ["always", "never", "auto"]],
    ["the same behind a command and =", ["list", "--color=a"], ["--color=always", "--color=auto"]],
    ["files that are databases", ["--db", ""], FILES],
    ["files behind =", ["list", "--db=x"], FILES],
    [
      "what a group can do",
      ["admin", ""],
      ["invite", "invites", "users", "usage", "disable", "enable", "reset-password"],
    ],
    ["what a command can do that does something alone, too", ["token", ""], ["list", "create", "revoke"]],
    ["the options of such a command", ["token", "--j"], ["--json"]],
    ["what stands behind its options", ["sessions", "--server", "https://a.test", "re"], ["revoke"]],
    ["the options behind both words", ["token", "create", "x", "--r"], ["--read-only"]],
    ["nothing for the name of a device", ["sessions", "revoke", ""], []],
    ["no address of a server", ["login", "http"], []],
    ["nothing where nothing is taken", ["undo", ""], []],
    ["nothing for a command that is not there", ["nothing", ""], []],
    ["nothing behind --, where all is text", ["add", "--", "+h"], []],
  ])("offers %s", async (_, words, expected) => {
    const lines = await complete(await openFurnished(), words);
    expect(expected === FILES ? lines : lines.map((line) => line.split("\t")[0])).toEqual([...expected]);
  });

  test("offers all terms of list to who has typed nothing", async () => {
    const keys = TERM_KEYS.map(({ name }) => `${name}:`);
    const days = ["overdue", "today", "tomorrow", "yesterday"];
    expect(await offer(await openFurnished(), "list", "")).toEqual([...keys, ...days, "+2026", "+bills", "+home"]);
  });

  test("offers a name whose letters were typed in another way: an accent may be a character of its own", async () => {
    const terminal = openTerminal();
    await terminal.add("Coffee", "+caf\u00e9");
    expect(await offer(terminal, "add", "+cafe\u0301")).toEqual(["+caf\u00e9"]);
  });

  test("says what a day is now, and how many open tasks a tag or project has", async () => {
    const terminal = await openFurnished();
    await terminal.add("Bread", "+home");
    expect(await complete(terminal, ["add", "due:tom"])).toEqual(["due:tomorrow\tSat 21 Nov"]);
    expect(await complete(terminal, ["add", "+ho"])).toEqual(["+home\t2 open"]);
    expect(await complete(terminal, ["list", "project:Ho"])).toEqual(["project:Home\t1 open"]);
  });
});

describe("what stands behind a command", () => {
  /** Handles by title. Open is pending, Done is completed, Gone is deleted. */
  async function openWithStates(): Promise<{ terminal: Terminal; line: (title: string) => string }> {
    const terminal = openTerminal();
    for (const title of ["Open", "Done", "Gone"]) await terminal.add(title);
    const tasks = await terminal.tasks();
    const handle = (title: string) => tasks.find((task) => task.title === title)?.handle.slice(0, 3) ?? "";
    await terminal.print("done", handle("Done"));
    await terminal.print("rm", handle("Gone"));
    return { terminal, line: (title) => `${handle(title)}\t${title}` };
  }

  test.each<[string, readonly string[]]>([
    ["done", ["Open"]],
    ["edit", ["Open"]],
    ["reopen", ["Done"]],
    ["restore", ["Gone"]],
    ["rm", ["Done", "Open"]],
    ["show", ["Done", "Gone", "Open"]],
    ["log", ["Done", "Gone", "Open"]],
  ])("%s offers the shortest handles of %j with the titles", async (name, titles) => {
    const { terminal, line } = await openWithStates();
    const expected = titles.map(line);
    expect((await complete(terminal, [name, ""])).toSorted()).toEqual(expected.toSorted());
    for (const one of expected) {
      expect(await complete(terminal, [name, one.slice(0, 2)])).toEqual([one]);
      expect(await complete(terminal, [name, one.slice(0, 2).toUpperCase()])).toEqual([one]);
    }
  });

  test("is known for every command that takes something", async () => {
    const { terminal } = await openWithStates();
    const program = await createProgram(terminal.io, [], undefined);
    // Nobody knows the addresses of servers.
    const taking = program.commands.filter(
      ({ registeredArguments: [first] }) => first && !/^(server|remote)$/.test(first.name()),
    );
    expect(taking.length).toBeGreaterThan(10);
    for (const command of taking) expect(await complete(terminal, [command.name(), ""])).not.toEqual([]);
  });

  test("offers no task that is not in the state, whatever is typed of it", async () => {
    const { terminal, line } = await openWithStates();
    expect(await offer(terminal, "done", line("Gone").slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "done", line("Done").slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "reopen", line("Open").slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "reopen", line("Gone").slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "rm", line("Gone").slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "restore", line("Open").slice(0, 2))).toEqual([]);
  });

  test("keeps what was typed of a handle where fewer letters would do", async () => {
    const terminal = openTerminal();
    const { handle } = await terminal.add("Rent");
    expect(await offer(terminal, "done", handle.slice(0, 7))).toEqual([handle.slice(0, 7)]);
  });

  test("offers no task a second time, and only one to log", async () => {
    const terminal = openTerminal();
    const [one, other] = [await terminal.add("Rent"), await terminal.add("Milk")];
    const ref = one.handle.slice(0, 4);
    expect(await offer(terminal, "done", ref, "")).toEqual([other.handle.slice(0, 3)]);
    expect(await offer(terminal, "done", ref.toUpperCase(), "--quiet", "")).toEqual([other.handle.slice(0, 3)]);
    expect(await offer(terminal, "edit", ref, other.handle.slice(0, 2))).toEqual([other.handle.slice(0, 3)]);
    expect(await offer(terminal, "edit", ref, "due:friday", other.handle.slice(0, 2))).toEqual([]);
    expect(await offer(terminal, "show", ref, "")).toEqual([other.handle.slice(0, 3)]);
    expect(await offer(terminal, "log", ref, "")).toEqual([]);
  });

  test("offers what is due first, and 200 tasks at most", async () => {
    const terminal = openTerminal();
    const first = await terminal.add("First", "due:today");
    const edits = Array.from({ length: 4500 }, (_, at) => ({ id: newId(), fields: { title: `Task ${at}` } }));
    await terminal.store().commit(LOCAL_USER, { action: "add", now: OPENING, edits });
    const all = await complete(terminal, ["done", ""]);
    expect(all).toHaveLength(200);
    expect(all[0]).toEndWith("\tFirst");
    const letter = first.handle.slice(0, 1);
    const some = await offer(terminal, "done", letter);
    expect(some.length).toBeGreaterThan(100);
    expect(some.length).toBeLessThanOrEqual(200);
    expect(some.filter((value) => !value.startsWith(letter))).toEqual([]);
  });
});

describe("what other people wrote", () => {
  test("can neither break a line nor command the terminal", async () => {
    const terminal = openTerminal();
    await terminal.add("Evil \u001b[31m\ttitle\nof two\u202elines");
    const [line = ""] = await complete(terminal, ["done", ""]);
    expect(line.split("\t")[1]).toBe("Evil \\e[31m\\ttitle\\nof two\\u{202e}lines");
  });

  test("is not offered where it can't be shown as it is", async () => {
    const terminal = openTerminal();
    for (const project of ["two\nlines", "a\ttab", "\u001b[2J", "fine"]) await terminal.add("x", `project:${project}`);
    expect(await complete(terminal, ["list", "project:"])).toEqual([
      "project:fine\t1 open",
      "project:none\twithout one",
      "project:any\twith one",
    ]);
  });

  test("is cut where a title is long", async () => {
    const terminal = openTerminal();
    await terminal.add("x".repeat(500));
    const [line = ""] = await complete(terminal, ["done", ""]);
    expect(line.split("\t")[1]).toBe(`${"x".repeat(71)}…`);
  });

  test("is offered unquoted, for each shell to quote it", async () => {
    const terminal = openTerminal();
    await terminal.add("x", "project:$(rm -rf ~)", "+`id`");
    expect(await offer(terminal, "list", "project:$")).toEqual(["project:$(rm -rf ~)"]);
    expect(await offer(terminal, "list", "+`")).toEqual(["+`id`"]);
  });
});

describe("the database of a line", () => {
  async function openOther(): Promise<{ terminal: Terminal; path: string }> {
    const path = freshPath();
    const terminal = await openFurnished();
    await terminal.print("--db", path, "add", "Other", "+other");
    return { terminal, path };
  }

  test("is the one that --db names, before or behind the command", async () => {
    const { terminal, path } = await openOther();
    expect(await offer(terminal, "list", "+")).toEqual(["+2026", "+bills", "+home"]);
    expect(await offer(terminal, "--db", path, "list", "+")).toEqual(["+other"]);
    expect(await offer(terminal, `--db=${path}`, "list", "+")).toEqual(["+other"]);
    expect(await offer(terminal, "list", "--db", path, "+")).toEqual(["+other"]);
  });

  test("is the one of TODO_DB, else the one of the home folder, which is also known as ~", async () => {
    const { terminal, path } = await openOther();
    terminal.setup.env["TODO_DB"] = path;
    expect(await offer(terminal, "list", "+")).toEqual(["+other"]);
    terminal.setup.env["TODO_DB"] = "";
    terminal.setup.env["HOME"] = scratch("home");
    expect(await offer(terminal, "list", "+")).toEqual([]);
    mkdirSync(scratch("home/.local/share/todo"), { recursive: true });
    await terminal.print("add", "At home", "+here");
    expect(await offer(terminal, "list", "+")).toEqual(["+here"]);
    expect(await offer(terminal, "--db", "~/.local/share/todo/todo.db", "list", "+")).toEqual(["+here"]);
  });

  test("is not made where it is not there, nor a folder for it", async () => {
    const home = scratch("fresh");
    mkdirSync(home);
    const terminal = openTerminal({ env: { TODO_DB: "", HOME: home } });
    for (const words of [
      ["done", ""],
      ["list", ""],
      ["--db", `${home}/x.db`, "add", "project:"],
    ]) {
      await complete(terminal, words);
    }
    expect(await offer(terminal, "done", "")).toEqual([]);
    expect(terminal.opened).toEqual([]);
    expect(terminal.folders).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });

  test("is nowhere where nothing says where, without a complaint", async () => {
    const terminal = openTerminal({ env: { TODO_DB: "", HOME: "" } });
    expect(await offer(terminal, "done", "")).toEqual([]);
  });

  test.each<[string, (path: string) => void]>([
    ["a text", (path) => writeFileSync(path, "this is no database\n".repeat(100))],
    ["an empty file", (path) => writeFileSync(path, "")],
    ["a folder", (path) => mkdirSync(path)],
    ["a database of another program", createForeign],
  ])("offers nothing where it is %s, and stays as it is", async (_, make) => {
    const path = freshPath();
    make(path);
    const before = photograph(dirname(path));
    const terminal = openTerminal({ env: { TODO_DB: path } });
    expect(await offer(terminal, "done", "")).toEqual([]);
    expect(await offer(terminal, "list", "project:")).toEqual(["project:none", "project:any"]);
    expect(photograph(dirname(path))).toEqual(before);
  });

  test("is not opened for what doesn't need it", async () => {
    const terminal = openTerminal();
    for (const words of [[""], ["list", "--"], ["list", "du"], ["add", "due:"], ["import", ""], ["completion", ""]]) {
      await complete(terminal, words);
    }
    expect(terminal.opened).toEqual([]);
  });

  test("is left alone by any line, and each answer is well-formed", async () => {
    const terminal = await openFurnished();
    const before = await terminal.tasks();
    const names = ["add", "list", "edit", "done", "show", "log", "rm", "help", "completion", "__complete", "nothing"];
    const pieces = ["", "-", "--", "--db", "--sort=", "--tag", "+", "not:", "not:due:", "project:", "~/x", "bcd", "="];
    const word = fc.oneof(fc.constantFrom(...names, ...pieces), fc.string({ unit: "binary", maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
        for (const line of await complete(terminal, words)) expect(line).toMatch(/^[^\t\p{Cc}]*\t[^\t\p{Cc}]*$/u);
      }),
      { numRuns: 300 },
    );
    expect(await terminal.tasks()).toEqual(before);
  });
});

function createForeign(path: string): void {
  const raw = new Database(path);
  raw.run("create table notes (text)");
  raw.close(true);
}

describe("todo completion", () => {
  // Whoever changes a script runs `bun scripts/check-shells.ts` where zsh and fish are installed, then UPDATE_GOLDEN=1.
  test.each([...SHELLS])("prints the script for %s that was tried in the real shell", async (shell) => {
    expectGolden(`completion/todo.${shell}`, await openTerminal().print("completion", shell));
  });

  test("prints the script in JSON for a program", async () => {
    const { shell, script } = JSON.parse(await openTerminal().print("completion", "fish", "--json"));
    expect(shell).toBe("fish");
    expect(script).toContain("complete -c todo");
  });

  test.each([[[]], [["tcsh"]], [[""]]])("names the three shells to who asks for %j", async (args) => {
    const { code, out, err } = await openTerminal().run("completion", ...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("bash, zsh, fish");
  });

  test("needs no database and no home", async () => {
    const terminal = openTerminal({ env: { TODO_DB: "", HOME: "" } });
    await terminal.print("completion", "bash");
    expect(terminal.opened).toEqual([]);
  });

  test("shows in its help first how it is set up in each shell", async () => {
    const [, , examples = ""] = (await openTerminal().print("completion", "--help")).split("\n\n");
    for (const place of ["~/.bashrc", "~/.zshrc", "~/.config/fish"]) expect(examples).toContain(place);
  });
});
