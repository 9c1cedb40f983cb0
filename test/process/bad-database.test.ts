import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sqliteMigrations } from "../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { useChildren } from "../support/children/child.ts";
import { photograph } from "../support/disks/files.ts";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();
const runScript = useChildren();
const LIMITED = join(import.meta.dir, "../support/children/limited.ts");
const NOBODY = 65534;
const TOMORROW = { name: "9999_tomorrow", sql: "create table tomorrow (text text)" };

type Bad = {
  readonly kind: string;
  /** Makes it from a sound database with one task. */
  readonly spoil: (home: Home) => void | Promise<void>;
  readonly reason: string;
  readonly hint: string;
  readonly code?: number;
  readonly unprivileged?: boolean;
};

const BAD: readonly Bad[] = [
  { kind: "a folder", spoil: replaceBy((path) => mkdirSync(path)), reason: "it is a folder", hint: "Give a file" },
  {
    kind: "a text file",
    spoil: replaceBy((path) => writeFileSync(path, "buy milk\n".repeat(2000))),
    reason: "it is not a todo database",
    hint: "Give another file",
  },
  {
    kind: "random bytes",
    spoil: replaceBy((path) => writeFileSync(path, crypto.getRandomValues(new Uint8Array(60_000)))),
    reason: "it is not a todo database",
    hint: "Give another file",
  },
  {
    kind: "a truncated database",
    spoil: (home) => truncateSync(home.db, 10_000),
    reason: "the database is damaged",
    hint: "Put a backup in its place",
  },
  {
    kind: "an empty file",
    spoil: (home) => truncateSync(home.db, 0),
    reason: "the file is empty",
    hint: "Put a backup in its place",
  },
  {
    kind: "a read-only file in a read-only folder",
    spoil: (home) => giveAway(home, { file: 0o400, folder: 0o500 }),
    reason: "the database can't be written",
    hint: "Make the file and its folder writable",
    unprivileged: true,
  },
  {
    kind: "a file in a read-only folder",
    spoil: (home) => giveAway(home, { file: 0o600, folder: 0o500 }),
    reason: "the database can't be written",
    hint: "Make the file and its folder writable",
    unprivileged: true,
  },
  {
    kind: "a database that a newer version wrote",
    spoil: (home) => openSqlite(home.db, { migrations: [...sqliteMigrations, TOMORROW] }).store.close(),
    reason: "a newer version of todo wrote it",
    hint: "Install the newest version",
  },
  {
    kind: "another program's database",
    spoil: replaceBy(createForeign),
    reason: "it is a SQLite database of another program",
    hint: "Give another file",
  },
];

function replaceBy(make: (path: string) => void): (home: Home) => Promise<void> {
  return async (home) => {
    await Bun.file(home.db).delete();
    make(home.db);
  };
}

function createForeign(path: string): void {
  const raw = new Database(path, { create: true });
  raw.run("create table tasks (id integer primary key)");
  raw.close(true);
}

/** Permissions don't stop root, so where root runs the tests the file is nobody's, and nobody runs the program. */
function giveAway(home: Home, modes: { readonly file: number; readonly folder: number }): void {
  for (const path of [home.folder, dirname(home.folder)]) chmodSync(path, 0o711);
  const folder = home.path("data");
  if (process.getuid?.() === 0) for (const path of [home.db, folder]) chownSync(path, NOBODY, NOBODY);
  chmodSync(home.db, modes.file);
  chmodSync(folder, modes.folder);
}

async function createStore(): Promise<Home> {
  const home = newHome();
  await home.print("add", "first");
  return home;
}

/** Runs the program; as nobody from a copy, for the checkout may lie where only root gets to. */
function addTo(home: Home, { unprivileged = false }: Pick<Bad, "unprivileged">) {
  if (!unprivileged) return home.run({ args: ["add", "second"] });
  const copy = home.path("todo");
  copyFileSync(home.binary, copy);
  return home.run({ command: process.execPath, args: [LIMITED, "no-rights", copy, "add", "second"], cwd: home.folder });
}

function expectRefusal(
  { exitCode, out, err }: Awaited<ReturnType<Home["todo"]>>,
  { path, reason, hint, code = 1 }: { path: string; reason: string; hint: string; code?: number | undefined },
): void {
  expect({ exitCode, out }).toEqual({ exitCode: code, out: "" });
  const [message = "", ...advice] = err.trimEnd().split("\n");
  expect(message).toStartWith(`todo: ${path}: ${reason}`);
  expect(advice.join("\n")).toStartWith("  ");
  expect(advice.join("\n")).toContain(hint);
}

describe("`todo add` into what is no database that it can write", () => {
  test.each(BAD)("such as $kind says what is wrong and what to do, and touches nothing", async (bad) => {
    const home = await createStore();
    await bad.spoil(home);
    const before = photograph(home.path("data"));
    expectRefusal(await addTo(home, bad), { path: home.db, ...bad });
    expect(photograph(home.path("data"))).toEqual(before);
  });

  test("such as a read-only file says so too, and keeps its bytes", async () => {
    const home = await createStore();
    giveAway(home, { file: 0o400, folder: 0o700 });
    const { "todo.db": bytes } = photograph(home.path("data"));
    const reason = "the database can't be written";
    const hint = "Make the file and its folder writable";
    expectRefusal(await addTo(home, { unprivileged: true }), { path: home.db, reason, hint });
    expect(photograph(home.path("data"))["todo.db"]).toBe(bytes);
    // SQLite reads it with these beside it, and what may not write the one can't tidy up the others.
    const beside = readdirSync(home.path("data")).filter((name) => name !== "todo.db");
    expect(beside.filter((name) => !["todo.db-shm", "todo.db-wal"].includes(name))).toEqual([]);
    if (beside.includes("todo.db-wal")) expect(statSync(`${home.db}-wal`).size).toBe(0);
  });

  test("says the same as JSON for programs", async () => {
    const home = await createStore();
    truncateSync(home.db, 0);
    const { exitCode, out, err } = await home.todo("add", "second", "--json");
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(JSON.parse(err)).toMatchObject({
      error: { code: "unreadable_store", message: expect.stringContaining(home.db), hints: [expect.any(String)] },
    });
  });
});

// Slow: it waits the five seconds.
test("a database that another process holds for more than five seconds is said to be locked, and stays as it is", async () => {
  const home = await createStore();
  await runScript("hold-lock.ts", [home.db]).firstLine();
  const bytes = photograph(home.path("data"))["todo.db"];
  const begin = performance.now();
  const [added, listed] = await Promise.all([home.todo("add", "second"), home.todo("list")]);
  expect(performance.now() - begin).toBeGreaterThan(5000);
  expectRefusal(added, {
    path: home.db,
    reason: "another process has held the database for more than 5 seconds",
    hint: "Try again",
    code: 5,
  });
  expect(listed).toMatchObject({ exitCode: 0, out: expect.stringContaining("first"), err: "" });
  expect(photograph(home.path("data"))["todo.db"]).toBe(bytes);
});
