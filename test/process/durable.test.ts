import { Database } from "bun:sqlite";
import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();
const LIMITED = join(import.meta.dir, "../support/children/limited.ts");

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

/** Runs the program where fsync and fdatasync fail, or (`none`) in the same way where they don't. */
function runLimited(home: Home, limit: "no-sync" | "none", ...args: string[]): Promise<Ended> {
  return home.run({ command: process.execPath, args: [LIMITED, limit, home.binary, ...args] });
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

test("the database is in WAL mode, so that readers and a writer don't wait for each other", async () => {
  const home = newHome();
  await home.print("add", "first");
  // The versions of the format for reading and writing, 2 for WAL (https://www.sqlite.org/fileformat2.html).
  expect([...readFileSync(home.db).subarray(18, 20)]).toEqual([2, 2]);
});
