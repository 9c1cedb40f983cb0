import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

/** Names that a shell, SQLite or a URL parser could take for something else, relative to where the user stands. */
const NAMES = [
  "plain.db",
  "my tasks.db",
  "Aufgaben für Übermorgen 買い物 🎉.db",
  "deeper/in a folder/tasks.db",
  "./-x",
  "file:tasks.db",
  "file:tasks.db?mode=memory&cache=shared",
  "file:///tmp/nowhere/tasks.db",
  "tasks.db?mode=ro",
  "100%20sure#1.db",
  'it\'s "quoted" \\ and $HOME.db',
  "..dots..db",
  "new\nline.db",
];

describe("--db and TODO_DB", () => {
  test.each(NAMES)("name exactly this file: %j", async (name) => {
    const home = newHome();
    const path = home.path("work", name);
    mkdirSync(dirname(path), { recursive: true });
    const ends = [
      await home.run({ args: ["add", "first", "--db", name] }),
      await home.run({ args: ["--db", path, "add", "second"] }),
      await home.run({ args: ["add", "third"], env: { TODO_DB: name } }),
    ];
    expect(ends.map(({ exitCode, err }) => ({ exitCode, err }))).toEqual(ends.map(() => ({ exitCode: 0, err: "" })));
    const tasks: { title: string }[] = JSON.parse(await home.print("--db", path, "export"));
    expect(tasks.map(({ title }) => title)).toEqual(["first", "second", "third"]);
    expect(readdirSync(dirname(path))).toEqual([path.slice(dirname(path).length + 1)]);
    expect(readdirSync(home.path("data"))).toEqual([]);
  });

  test("take a name that begins with a dash behind =", async () => {
    const home = newHome();
    expect(await home.todo("add", "first", "--db=-x")).toMatchObject({ exitCode: 0, err: "" });
    expect(readdirSync(home.path("work"))).toEqual(["-x"]);
    expect(await home.print("--db=-x", "list")).toContain("first");
  });

  test("are beaten by nothing: the flag goes before TODO_DB, and that before XDG_DATA_HOME", async () => {
    const home = newHome();
    await home.print("add", "by variable");
    await home.print("add", "by flag", "--db", home.path("work", "flag.db"));
    expect(await home.print("list", "--db", home.path("work", "flag.db"))).toContain("by flag");
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["by variable"]);
    expect(readdirSync(home.folder)).not.toContain("xdg");
  });

  test("in a folder that is not there make nothing, and say so by the path", async () => {
    const home = newHome();
    const path = join(home.folder, "nowhere", "todo.db");
    const { exitCode, err } = await home.todo("add", "first", "--db", path);
    expect(exitCode).toBe(1);
    expect(err).toStartWith(`todo: ${path}: its folder is not there\n  Make the folder`);
    expect(readdirSync(home.folder)).not.toContain("nowhere");
  });

  test("say where the backup goes with any name too", async () => {
    const home = newHome();
    await home.print("add", "first");
    for (const name of ["file:copy.db?mode=memory", 'it\'s a "copy" 100%.db']) {
      await home.print("backup", name);
      expect(await home.print("list", "--db", name)).toContain("first");
    }
    expect(readdirSync(home.path("work"))).toHaveLength(2);
  });
});
