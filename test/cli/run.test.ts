import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { run } from "../../src/cli/run.ts";
import { useScratch } from "../support/disks/scratch.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

async function failWith(terminal: Terminal, failure: unknown, ...argv: string[]): Promise<string> {
  let err = "";
  const io = {
    ...terminal.io,
    err: { ...terminal.io.err, write: (text: string) => (err += text) },
    openStore: () => Promise.reject(failure),
  };
  expect(await run(argv, io)).toBe(1);
  return err;
}

const QUERY = "insert into tasks values ('my secret')";

describe("an error that nobody expected", () => {
  test.each([
    ["an error", new Error(QUERY)],
    ["a type error", new TypeError(QUERY)],
    ["a text", QUERY],
    ["nothing", undefined],
  ])("shows nothing of itself when it is %s", async (_, failure) => {
    const said = "todo: this is a bug in todo\n  Set TODO_DEBUG=1 to see where.\n";
    expect(await failWith(openTerminal(), failure, "list")).toBe(said);
    const json = await failWith(openTerminal(), failure, "list", "--json");
    expect(JSON.parse(json)).toEqual({
      error: { code: "internal", message: "this is a bug in todo", hints: ["Set TODO_DEBUG=1 to see where."] },
    });
  });

  test("shows where it came from with TODO_DEBUG=1, on lines that a terminal does not obey", async () => {
    const terminal = openTerminal({ env: { TODO_DEBUG: "1" } });
    const err = await failWith(terminal, new Error("\u001b[31mred"), "list");
    expect(err).toContain("run.test.ts");
    expect(err).not.toContain("\u001b");
    expect(err).toContain("\\e[31mred");
  });

  test("shows no SQL and no values when the database refuses a statement", async () => {
    const terminal = openTerminal({ env: { TODO_DB: scratch("broken.db") } });
    await terminal.print("add", "my secret");
    const raw = new Database(scratch("broken.db"));
    raw.run("drop table history");
    raw.close();
    for (const argv of [["add", "my other secret"], ["log"], ["add", "my other secret", "--json"]]) {
      const { code, out, err } = await terminal.run(...argv);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("the database refused a statement");
      expect(err.toLowerCase()).not.toMatch(/secret|insert|select|history/);
    }
    expect(await terminal.print("list", "--limit", "0")).toContain("my secret");
  });
});

describe("a command line", () => {
  test.each([
    [["--json", "list"]],
    [["list", "--json"]],
    [["--db", ":memory:", "--json", "list"]],
    [["--no-color", "--json", "list", "--db", ":memory:"]],
    [["--db=:memory:", "ls", "--json"]],
    [["--color", "always", "--json", "list"]],
    [["--color=always", "list", "--json"]],
    [["--json"]],
    [["--db", ":memory:", "--json"]],
  ])("means the same with its flags before and after the command: %p", async (argv) => {
    const terminal = openTerminal({ env: { TODO_DB: scratch("wrong.db") } });
    if (!argv.some((arg) => arg.includes(":memory:"))) terminal.setup.env["TODO_DB"] = ":memory:";
    await terminal.print("--db", ":memory:", "add", "list");
    const tasks: unknown = JSON.parse(await terminal.print(...argv));
    expect(tasks).toMatchObject([{ title: "list" }]);
  });

  test("with flags first adds and completes, too", async () => {
    const terminal = openTerminal();
    const handle = (await terminal.print("--color=never", "-q", "add", "Pay rent")).trim();
    expect(await terminal.print("--color", "never", "--quiet", "done", handle)).toBe(`${handle}\n`);
    expect(await terminal.tasks()).toMatchObject([{ title: "Pay rent", completedAt: "2026-11-20T09:00:00.000Z" }]);
  });

  test("without a command shows open tasks in groups, and with options of a list is one", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Pay rent", "due:friday");
    await terminal.add("Milk");
    expect(await terminal.print("--no-color")).toBe(
      "Later\nwbb  Fri 27 Nov  Pay rent\n\nNo date\ngqn              Milk\n",
    );
    expect(await terminal.print("--limit", "1", "--no-color")).toBe("wbb  Fri 27 Nov  Pay rent\n");
  });

  test("has colours on a terminal that wants them and nowhere else", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    await terminal.add("Pay rent");
    const coloured = async (...argv: string[]) => (await terminal.print(...argv)).includes("\u001b");
    expect(await coloured("list")).toBe(true);
    expect(await coloured("list", "--no-color")).toBe(false);
    expect(await coloured("--no-color", "list")).toBe(false);
    for (const [name, value] of [
      ["NO_COLOR", "1"],
      ["TERM", "dumb"],
    ] as const) {
      terminal.setup.env[name] = value;
      expect(await coloured("list")).toBe(false);
      delete terminal.setup.env[name];
    }
    terminal.setup.env["NO_COLOR"] = "";
    expect(await coloured("list")).toBe(true);
    terminal.setup.terminals = ["in", "err"];
    expect(await coloured("list")).toBe(false);
    expect(await coloured("list", "--color=always")).toBe(true);
    expect(await coloured("--color", "always", "list")).toBe(true);
    expect(await coloured("list", "--json", "--color=always")).toBe(false);
    terminal.setup.env["FORCE_COLOR"] = "1";
    expect(await coloured("list")).toBe(true);
    expect(await coloured("list", "--color", "never")).toBe(false);
    expect(await coloured("--color=always", "list", "--no-color")).toBe(false);
    expect(await coloured("--no-color", "list", "--color=always")).toBe(true);
  });

  test("that is wrong changes nothing and never runs the command that it may have meant", async () => {
    const terminal = openTerminal();
    await terminal.add("Pay rent");
    for (const argv of [
      ["dne", "wbb"],
      ["rmm", "wbb"],
      ["done", "wbb", "--jsn"],
      ["rm", "wbb", "--yess"],
      ["undoo"],
      ["don"],
    ]) {
      const { code, out, err } = await terminal.run(...argv);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain("Did you mean");
    }
    expect(await terminal.tasks()).toMatchObject([{ completedAt: null, deletedAt: null }]);
  });

  test("takes what stands behind -- as arguments where a command has no text", async () => {
    const terminal = openTerminal();
    for (const title of ["Pay rent", "Milk", "Bread"]) await terminal.add(title);
    expect((await terminal.print("done", "wbb", "--", "gqn")).split("\n")).toHaveLength(3);
    expect(await terminal.print("show", "--", "xjm")).toContain("Bread");
    expect((await terminal.run("tags", "--", "x")).code).toBe(2);
  });
});

describe("the database", () => {
  test.each([
    ["--db", ["--db", "a.db"], { TODO_DB: "b.db", XDG_DATA_HOME: "/data" }, "a.db"],
    ["TODO_DB", [], { TODO_DB: "b.db", XDG_DATA_HOME: "/data" }, "b.db"],
    ["XDG_DATA_HOME", [], { TODO_DB: "", XDG_DATA_HOME: "/data" }, "/data/todo/todo.db"],
    ["HOME", [], { TODO_DB: "", XDG_DATA_HOME: "" }, "/home/ann/.local/share/todo/todo.db"],
    [
      "HOME where XDG_DATA_HOME is relative",
      [],
      { TODO_DB: "", XDG_DATA_HOME: "d" },
      "/home/ann/.local/share/todo/todo.db",
    ],
  ])("is where %s says", async (_, flags, env, path) => {
    const terminal = openTerminal({ env });
    const opened: string[] = [];
    const io = {
      ...terminal.io,
      openStore: (place: string) => {
        opened.push(place);
        return terminal.io.openStore(":memory:");
      },
    };
    expect(await run(["list", ...flags], io)).toBe(0);
    expect(opened).toEqual([path]);
    expect(terminal.folders).toEqual(path.startsWith("/") ? [path.slice(0, path.lastIndexOf("/"))] : []);
  });
});
