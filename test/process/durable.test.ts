import { Database } from "bun:sqlite";
import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, type Home, type Order, useHomes } from "../support/cli/home.ts";
import { DATABASE, SECRET, tokenOf } from "../support/cli/remote.ts";

const newHome = useHomes();
const LIMITED = join(import.meta.dir, "../support/children/limited.ts");
const ADAS_TOKEN = await tokenOf("ada", { exp: 4_000_000_000 });
const GRACES_TOKEN = await tokenOf("grace", { exp: 4_000_000_000 });

const readers: Database[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close(true);
});

/** Reads in the database until the test is over, so that its -wal file stays and no command copies it back at its end. */
function keepOpen(home: Home): void {
  const reader = new Database(home.db, { readonly: true });
  reader.run("begin");
  reader.query("select count(*) from tasks").get();
  readers.push(reader);
}

type Limit = "no-sync" | "none";

/** The same order where fsync and fdatasync fail, or (`none`) in the same way where they don't. */
function limit(home: Home, kind: Limit, { args, ...order }: Order): Order {
  return { ...order, command: process.execPath, args: [LIMITED, kind, home.binary, ...args] };
}

function runLimited(home: Home, kind: Limit, ...args: string[]): Promise<Ended> {
  return home.run(limit(home, kind, { args }));
}

function configFolder(home: Home): string {
  return home.path("home", ".config", "todo");
}

/** What is in somebody's folder of settings and tokens, by name. */
function readConfig(home: Home): Readonly<Record<string, string>> {
  const names = readdirSync(configFolder(home)).toSorted();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(configFolder(home), name), "utf8")]));
}

describe("a command that ended well is on the disk", () => {
  test.each<[string, string[]]>([
    ["add", ["second"]],
    ["done", []],
    ["edit", ["--title", "other"]],
    ["rm", []],
  ])("so `todo %s` fails and changes nothing where the disk can't be made to keep it", async (command, args) => {
    const home = newHome();
    await home.print("add", "first");
    keepOpen(home);
    // The first write into a new -wal file syncs its header in any mode. From the second on only synchronous=FULL does.
    await home.print("add", "another");
    const before = await home.tasks();
    const refs = command === "add" ? [] : before.slice(0, 1).map(({ handle }) => handle);
    const { exitCode, out, err } = await runLimited(home, "no-sync", command, ...refs, ...args);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toStartWith(`todo: ${home.db}: the disk did not read or write\n  `);
    expect(await home.tasks()).toEqual(before);
    expect((await runLimited(home, "none", command, ...refs, ...args)).exitCode).toBe(0);
    expect(await home.tasks()).not.toEqual(before);
  });

  test("so the first `todo add` fails there too, and leaves nothing behind", async () => {
    const home = newHome();
    const { exitCode, out, err } = await runLimited(home, "no-sync", "add", "first");
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toStartWith(`todo: ${home.db}: the disk did not read or write\n  `);
    expect(readdirSync(home.path("data"))).toEqual([]);
    expect((await runLimited(home, "none", "add", "first")).exitCode).toBe(0);
  });

  test("so no backup is there that the disk may not keep", async () => {
    const home = newHome();
    await home.print("add", "first");
    const { exitCode, out } = await runLimited(home, "no-sync", "backup", home.path("work", "copy.db"));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(readdirSync(home.path("work"))).toEqual([]);
    expect((await runLimited(home, "none", "backup", home.path("work", "copy.db"))).exitCode).toBe(0);
    expect(readdirSync(home.path("work"))).toEqual(["copy.db"]);
  });
});

describe("what a command keeps beside the database is on the disk", () => {
  test.each<[string, Order, Order]>([
    [
      "todo config set",
      { args: ["config", "set", "server", "https://old.example.com"] },
      { args: ["config", "set", "server", "https://new.example.com"] },
    ],
    [
      "todo login",
      { args: ["login", "--db", DATABASE, "--token", "-"], input: ADAS_TOKEN },
      { args: ["login", "--db", DATABASE, "--token", "-"], input: GRACES_TOKEN },
    ],
  ])("so `%s` fails and changes nothing where the disk can't be made to keep it", async (_, first, second) => {
    const home = newHome();
    const env = { BETTER_AUTH_SECRET: SECRET };
    expect(await home.run({ ...first, env })).toMatchObject({ exitCode: 0, err: "" });
    const before = readConfig(home);
    const { exitCode, out, err } = await home.run(limit(home, "no-sync", { ...second, env }));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toStartWith(`todo: ${configFolder(home)}/`);
    expect(readConfig(home)).toEqual(before);
    expect((await home.run(limit(home, "none", { ...second, env }))).exitCode).toBe(0);
    expect(Object.keys(readConfig(home))).toEqual(Object.keys(before));
    expect(readConfig(home)).not.toEqual(before);
  });
});

test("the database is in WAL mode, so that readers and a writer don't wait for each other", async () => {
  const home = newHome();
  await home.print("add", "first");
  // The versions of the format for reading and writing, 2 for WAL (https://www.sqlite.org/fileformat2.html).
  expect([...readFileSync(home.db).subarray(18, 20)]).toEqual([2, 2]);
});
