import { beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

const LIMITED = join(import.meta.dir, "../support/children/limited.ts");
const MANY = 20_000;
let original: Home;
let exported: string;

// Slow: the 20,000 tasks of all tests in this file, about a second.
beforeAll(async () => {
  original = newHome();
  const records = Array.from({ length: MANY }, (_, number) =>
    JSON.stringify({ title: `task ${number} ✓`, tags: ["t"] }),
  );
  const { exitCode, err } = await original.run({ args: ["import", "-"], input: records.join("\n") });
  if (exitCode !== 0) throw new Error(err);
  exported = await original.print("export");
});

/** A home with 20,000 tasks of its own. */
function newFullHome(): Home {
  const home = newHome();
  copyFileSync(original.db, home.db);
  return home;
}

describe("a reader that has seen enough", () => {
  test.each([
    ["todo list | head -1", 1],
    ["todo export | head -1", 1],
    ["todo list --ndjson | head -3", 3],
    ["todo log --limit 0 | head -2", 2],
    ["todo list | true", 0],
  ])("of `%s` gets that and no complaint", async (script, lines) => {
    const { exitCode, out, err } = await original.shell(`set -o pipefail; ${script}`);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out.split("\n")).toHaveLength(lines + 1);
  });

  test("does not keep a task from being added", async () => {
    const home = newHome();
    const { exitCode, err } = await home.shell("set -o pipefail; todo add kept | true");
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["kept"]);
  });
});

describe("a full disk behind standard output", () => {
  test.each(["todo export", "todo export --deleted", "todo list", "todo list --quiet", "todo info", "todo --help"])(
    "makes `%s` fail with one clear line",
    async (command) => {
      const { exitCode, out, err } = await original.shell(`${command} > /dev/full`);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
      expect(err).toBe("todo: the output can't be written: no space is left on the device\n");
    },
  );
});

describe("a full disk behind the output of a change", () => {
  const SAVED = "The change itself is saved, so don't repeat the command. See: todo log --limit 1";

  test("does not hide that the task is there", async () => {
    const home = newHome();
    const { exitCode, err } = await home.shell("todo add x > /dev/full");
    expect(exitCode).toBe(1);
    expect(err).toBe(`todo: the output can't be written: no space is left on the device\n  ${SAVED}\n`);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["x"]);
  });

  test.each([`echo '{"title":"x"}' | todo import -`, "todo undo --json", "todo add - <<< x"])(
    "of `%s` does not hide that it is made",
    async (command) => {
      const home = newHome();
      await home.print("add", "first");
      const { exitCode, err } = await home.shell(`${command} > /dev/full`);
      expect([exitCode, err.includes(SAVED)]).toEqual([1, true]);
    },
  );

  test("says nothing of a change where none was made", async () => {
    const home = newHome();
    await home.print("add", "first");
    const { exitCode, err } = await home.shell(
      "todo done $(todo list -q) -q && todo done $(todo list status:all -q) --json > /dev/full",
    );
    expect([exitCode, err]).toEqual([1, expect.not.stringContaining(SAVED)]);
  });
});

describe("a standard stream that is closed", () => {
  test("for output: nothing is said, and nothing of the list lands in the database", async () => {
    const home = newFullHome();
    const before = readFileSync(home.db);
    const { exitCode, out, err } = await home.shell("exec todo list >&-");
    expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: "", err: "" });
    expect(readFileSync(home.db).equals(before)).toBe(true);
    expect(readdirSync(home.path("data"))).toEqual(["todo.db"]);
  });

  test("for output: a task is still added, and the database is sound", async () => {
    const home = newHome();
    expect((await home.shell("todo add first >&- && exec todo add second >&- 2>&- <&-")).exitCode).toBe(0);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["first", "second"]);
    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
  });

  test("for errors: data and exit codes stay as they are", async () => {
    const listed = await original.shell("exec todo list --limit 1 2>&-");
    expect(listed).toMatchObject({ exitCode: 0, err: "" });
    expect(listed.out.split("\n")).toHaveLength(2);
    expect(await original.shell("exec todo list --limit x 2>&-")).toMatchObject({ exitCode: 2, out: "" });
    expect(await original.shell("exec todo show bbbbbbbbbbbb 2>&-")).toMatchObject({ exitCode: 3, out: "" });
  });

  test("for input: there is nothing to read", async () => {
    const home = newHome();
    const { exitCode } = await home.shell("exec todo add - <&-");
    expect(exitCode).toBe(0);
    expect(await home.tasks()).toEqual([]);
  });
});

describe("talk that nobody can hear", () => {
  test.each(["2>/dev/full", "2> >(true)", "2>&-"])("keeps its exit code: %s", async (redirect) => {
    expect(await original.shell(`todo list --limit x ${redirect}`)).toMatchObject({ exitCode: 2, out: "" });
    expect(await original.shell(`todo show bbbbbbbbbbbb ${redirect}`)).toMatchObject({ exitCode: 3, out: "" });
  });

  test.each(["2>/dev/full", "2> >(true)", "2>&-"])("keeps no record from being imported: %s", async (redirect) => {
    const home = newHome();
    const input = '{"title":"good"}\n{"title":""}\n';
    const { exitCode, out } = await home.shell(`sleep 0.05; todo import --skip-invalid - ${redirect}`, { input });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "Imported 1 new, 0 changed, 0 unchanged.\n" });
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["good"]);
  });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s in the middle of an export leaves no junk", async (signal) => {
  const home = newFullHome();
  const child = home.start({ args: ["export"] });
  await child.stdout.getReader().read();
  child.kill(signal);
  await child.exited;
  expect(child.signalCode).toBe(signal);
  expect(readdirSync(home.path("work"))).toEqual([]);
  expect(readdirSync(home.path("tmp"))).toEqual([]);
  expect(readdirSync(home.path("data")).filter((name) => !/^todo\.db(-wal|-shm)?$/.test(name))).toEqual([]);
  expect((await home.print("list", "--quiet")).split("\n")).toHaveLength(MANY + 1);
  expect(readdirSync(home.path("data"))).toEqual(["todo.db"]);
});

describe("a slow reader", () => {
  test("of a pipe that doesn't let writers wait gets every byte", async () => {
    const { exitCode, out, err } = await original.shell(
      `
      mkfifo pipe && trap 'rm pipe' EXIT
      "$BUN" "$LIMITED" no-wait "$(command -v todo)" export > pipe &
      exec < pipe && sleep 0.3 && grep ^flags /proc/$!/fdinfo/1 >&2
      cat && wait $!`,
      {
        env: { BUN: process.execPath, LIMITED },
      },
    );
    expect(exitCode).toBe(0);
    // Without O_NONBLOCK this would be an ordinary pipe, in which the program just waits.
    expect(Number.parseInt(err.replace("flags:", ""), 8) & 0o4000).toBe(0o4000);
    expect(out === exported).toBe(true);
  });

  test("of an ordinary pipe gets every byte", async () => {
    const { exitCode, out, err } = await original.shell("set -o pipefail; todo export | (sleep 0.3; cat)");
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out === exported).toBe(true);
  });
});

test("a titles file that comes slowly and in odd pieces is read whole", async () => {
  const home = newHome();
  const { exitCode } = await home.shell(
    "(printf 'Caf\\303'; sleep 0.2; printf '\\251\\nMilk'; sleep 0.1) | todo add -",
  );
  expect(exitCode).toBe(0);
  expect((await home.tasks()).map(({ title }) => title)).toEqual(["Café", "Milk"]);
});

describe("data goes to standard output and talk to standard error", () => {
  test("so what a command did is data, and a list of nothing is empty", async () => {
    const home = newHome();
    expect(await home.todo("list")).toMatchObject({ exitCode: 0, out: "", err: "" });
    expect(await home.todo("list", "--json")).toMatchObject({ exitCode: 0, out: "[]\n", err: "" });
    const added = await home.todo("add", "first");
    expect(added).toMatchObject({ exitCode: 0, err: "" });
    expect(added.out).toMatch(/^Added [a-z]{3} {2}first\n$/);
  });

  test("so that there is nothing to undo is talk, and `--quiet` silences it", async () => {
    const home = newHome();
    expect(await home.todo("undo")).toMatchObject({ exitCode: 0, out: "", err: "Nothing to undo.\n" });
    expect(await home.todo("undo", "--quiet")).toMatchObject({ exitCode: 0, out: "", err: "" });
  });

  test("so what an import skipped is talk and what it did is data", async () => {
    const home = newHome();
    const input = '{"title":"good"}\n{"title":""}\n';
    const { exitCode, out, err } = await home.run({ args: ["import", "--skip-invalid", "-"], input });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "Imported 1 new, 0 changed, 0 unchanged.\n" });
    expect(err).toBe("Skipped line 2: title: title is empty\n");
  });

  test.each([
    [["nonsense"], 2],
    [["add", ""], 2],
    [["show", "bbbbbbbbbbbb"], 3],
    [["import", "nowhere.json"], 1],
  ])("so an error such as that of %p is talk", async (args, code) => {
    const { exitCode, out, err } = await newHome().run({ args });
    expect({ exitCode, out }).toEqual({ exitCode: code, out: "" });
    expect(err).toStartWith("todo: ");
  });

  test.each([
    [["nonsense", "--json"], 2],
    [["show", "bbbbbbbbbbbb", "--json"], 3],
  ])("also as JSON: %p", async (args, code) => {
    const { exitCode, out, err } = await newHome().run({ args });
    expect({ exitCode, out }).toEqual({ exitCode: code, out: "" });
    expect(JSON.parse(err)).toMatchObject({ error: { message: expect.any(String) } });
  });
});
