import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

/** Without TODO_DB, so that the data goes where the desktop's rules say. */
const DEFAULT = { TODO_DB: undefined };

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

/** Looks while a server has the database open. */
async function whileOpen(home: Home, db: string, look: () => void): Promise<void> {
  const child = home.start({ args: ["serve", "--port", "0", "--db", db] });
  await child.stdout.getReader().read();
  look();
  child.kill("SIGKILL");
  await child.exited;
}

describe("the first `todo add` of a new user", () => {
  test("makes the database in XDG_DATA_HOME", async () => {
    const home = newHome();
    const { exitCode, err } = await home.run({ args: ["add", "first"], env: DEFAULT });
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(readdirSync(home.path("xdg", "todo"))).toEqual(["todo.db"]);
    expect(readdirSync(home.path("home"))).toEqual([]);
  });

  test.each([undefined, "", "not/absolute"])("makes it in ~/.local/share where XDG_DATA_HOME is %p", async (data) => {
    const home = newHome();
    const { exitCode } = await home.run({ args: ["add", "first"], env: { ...DEFAULT, XDG_DATA_HOME: data } });
    expect(exitCode).toBe(0);
    expect(readdirSync(home.path("home", ".local", "share", "todo"))).toEqual(["todo.db"]);
    expect(readdirSync(home.path("work"))).toEqual([]);
  });

  test.each([
    { HOME: undefined, XDG_DATA_HOME: undefined },
    { HOME: "", XDG_DATA_HOME: "" },
  ])("says what to set where nothing says where a home is: %p", async (env) => {
    const home = newHome();
    const { exitCode, out, err } = await home.run({ args: ["add", "first"], env: { ...DEFAULT, ...env } });
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    expect(err).toBe(
      "todo: neither HOME nor XDG_DATA_HOME says where your data is\n  Give a file with --db or TODO_DB.\n",
    );
    expect(readdirSync(home.path("work"))).toEqual([]);
  });

  test("is found by the next command, and by its flag and by TODO_DB", async () => {
    const home = newHome();
    await home.run({ args: ["add", "first"], env: DEFAULT });
    const path = home.path("xdg", "todo", "todo.db");
    const lists = await Promise.all([
      home.run({ args: ["list"], env: DEFAULT }),
      home.run({ args: ["list", "--db", path] }),
      home.run({ args: ["--db", path, "list"] }),
      home.run({ args: ["list"], env: { TODO_DB: path } }),
    ]);
    for (const { out } of lists) expect(out).toMatch(/^[a-z]{3} {2}first\n$/);
  });
});

describe("nobody else can read the data", () => {
  test.each(["000", "022", "777"])("where the umask is %s", async (umask) => {
    const home = newHome();
    const { exitCode } = await home.shell(`umask ${umask} && exec todo add first`, { env: DEFAULT });
    expect(exitCode).toBe(0);
    const path = home.path("xdg", "todo", "todo.db");
    expect(modeOf(path)).toBe("600");
    expect(modeOf(dirname(path))).toBe("700");
    expect(modeOf(home.path("xdg"))).toBe("700");
  });

  test("nor what lies beside it while it is open", async () => {
    const home = newHome();
    await home.shell("umask 000 && exec todo add first");
    let modes: Record<string, string> = {};
    await whileOpen(home, home.db, () => {
      const names = readdirSync(home.path("data"));
      modes = Object.fromEntries(names.map((name) => [name, modeOf(home.path("data", name))]));
    });
    const beside = ["todo.db", "todo.db-shm", "todo.db-wal", "todo.db.secret"];
    expect(modes).toEqual(Object.fromEntries(beside.map((name) => [name, "600"])));
  });

  test("nor a backup", async () => {
    const home = newHome();
    await home.print("add", "first");
    await home.shell(`umask 000 && exec todo backup ${home.path("work", "copy.db")}`);
    expect(modeOf(home.path("work", "copy.db"))).toBe("600");
  });

  test("but the mode of a folder that was there already is left as it is", async () => {
    const home = newHome();
    mkdirSync(home.path("xdg", "todo"), { recursive: true });
    chmodSync(home.path("xdg", "todo"), 0o755);
    await home.run({ args: ["add", "first"], env: DEFAULT });
    expect(modeOf(home.path("xdg", "todo"))).toBe("755");
    expect(modeOf(home.path("xdg", "todo", "todo.db"))).toBe("600");
  });
});
