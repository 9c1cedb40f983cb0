import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useChildren } from "../../support/children/child.ts";
import { OPENING, newId } from "../../support/stores/test-user.ts";
import { refusal, refusalOf } from "../../support/errors.ts";
import { photograph } from "../../support/disks/files.ts";
import { useOpenings } from "../../support/children/opening.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const openElsewhere = useOpenings();
const run = useChildren();

/** A sound database with a few hundred tasks, closed. */
async function createStore(path: string): Promise<void> {
  const { store } = openSqlite(path);
  const edits = Array.from({ length: 300 }, (_, number) => ({ id: newId(), fields: { title: `task ${number}` } }));
  await store.commit("local", { action: "add", now: OPENING, edits });
  await store.close();
}

function createForeign(path: string, journal: "delete" | "wal"): void {
  const raw = new Database(path, { create: true });
  raw.run(`pragma journal_mode = ${journal}`);
  raw.run("create table tasks (id integer primary key, name text)");
  raw.run("insert into tasks (name) values ('precious')");
  raw.close(true);
}

/** Bytes that are no text and no database, the same in every run. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (state * 48271) % 0x7fffffff) & 0xff);
}

const FILES: readonly (readonly [name: string, reason: string, make: (path: string) => void | Promise<void>])[] = [
  ["a folder", "it is a folder, not a database", (path) => mkdirSync(path)],
  ["an empty file", "the file is empty", (path) => writeFileSync(path, "")],
  ["a file of one byte", "it is", (path) => writeFileSync(path, "x")],
  ["a text file", "it is not a todo database", (path) => writeFileSync(path, "buy milk\n".repeat(1000))],
  ["a short text file", "it is not a todo database", (path) => writeFileSync(path, "buy milk\n")],
  ["random bytes", "it is not a todo database", (path) => writeFileSync(path, noise(100_000))],
  ["a few random bytes", "it is not a todo database", (path) => writeFileSync(path, noise(50))],
  ["another program's database", "it is a SQLite database of another program", (path) => createForeign(path, "delete")],
  [
    "another program's database in WAL mode",
    "it is a SQLite database of another program",
    (path) => createForeign(path, "wal"),
  ],
  ["a device", "it is not a regular file", (path) => symlinkSync("/dev/null", path)],
  ["a link to nowhere", "it is a link to nowhere, which is not there", (path) => symlinkSync("nowhere", path)],
];

describe("what is not a todo database", () => {
  test.each(FILES)("such as %s is refused by its path: %s", async (_, reason, make) => {
    const path = freshPath();
    await make(path);
    const before = photograph(dirname(path));
    const error = refusal(() => openSqlite(path));
    expect(error.code).toBe("unreadable_store");
    expect(error.message).toStartWith(`${path}: ${reason}`);
    expect(error.hints).not.toEqual([]);
    expect(photograph(dirname(path))).toEqual(before);
  });

  test("another program's database still works for that program while it is open there", () => {
    const path = freshPath();
    createForeign(path, "wal");
    const theirs = new Database(path);
    theirs.run("insert into tasks (name) values ('unsaved')");
    const before = [path, `${path}-wal`].map((file) => readFileSync(file).toString("hex"));
    expect(refusal(() => openSqlite(path)).message).toContain("of another program");
    expect([path, `${path}-wal`].map((file) => readFileSync(file).toString("hex"))).toEqual(before);
    expect(theirs.query("select name from tasks").values().flat()).toEqual(["precious", "unsaved"]);
    theirs.close(true);
  });
});

describe("a place where no database can be", () => {
  test("such as a folder that is not there is refused by its path", () => {
    const path = join(dirname(freshPath()), "nowhere", "todo.db");
    const error = refusal(() => openSqlite(path));
    expect(error.message).toStartWith(`${path}: `);
    expect(error.message).toContain("folder");
    expect(error.hints).not.toEqual([]);
  });

  test("such as a file instead of a folder is refused by its path", () => {
    const parent = freshPath();
    writeFileSync(parent, "x");
    const error = refusal(() => openSqlite(join(parent, "todo.db")));
    expect(error.message).toStartWith(join(parent, "todo.db"));
    expect(error.hints).not.toEqual([]);
  });
});

describe("a name with white space around it", () => {
  test.each([" ", "\r", "\n", "\t", "\u00a0"])(
    "at its end (%j) is refused, whatever is at the name without",
    async (end) => {
      const path = freshPath();
      const before = photograph(dirname(path));
      const error = refusal(() => openSqlite(path + end));
      expect(error.code).toBe("unreadable_store");
      expect(error.message).toBe(`${path + end}: its name has white space around it: ${JSON.stringify(path + end)}`);
      expect(photograph(dirname(path))).toEqual(before);
      await createStore(path);
      expect(refusal(() => openSqlite(path + end)).message).toBe(error.message);
    },
  );
});

test("a name that is not UTF-8 is refused, because the runtime would open another file", () => {
  const path = `${freshPath()}-caf\uFFFD`;
  const before = photograph(dirname(path));
  const error = refusal(() => openSqlite(path));
  expect([error.code, error.message]).toEqual(["unreadable_store", `${path}: its name is not UTF-8 text`]);
  expect(photograph(dirname(path))).toEqual(before);
});

describe("a damaged database", () => {
  test.each([
    ["in the middle of its header", 50],
    ["behind its header", 100],
    ["in its first page", 2000],
    ["after its first page", 4096],
    ["in its middle", 60_000],
  ])("cut off %s is refused and stays as it is", async (_, length) => {
    const path = freshPath();
    await createStore(path);
    expect(statSync(path).size).toBeGreaterThan(length);
    truncateSync(path, length);
    const before = photograph(dirname(path));
    const error = refusal(() => openSqlite(path));
    expect(error.code).toBe("unreadable_store");
    expect(error.message).toStartWith(`${path}: `);
    expect(error.hints).not.toEqual([]);
    expect(photograph(dirname(path))).toEqual(before);
  });

  test("whose tasks were overwritten says so when it is read, and stays as it is", async () => {
    const path = freshPath();
    await createStore(path);
    overwritePage(path, "tasks");
    const before = readFileSync(path);
    const { store, file } = openSqlite(path);
    const error = await refusalOf(store.find("local", { where: [], sort: "title" }));
    expect(error).toMatchObject({ code: "unreadable_store", message: `${path}: the database is damaged` });
    expect(error.hints.join()).toContain("backup");
    expect(file.check()).not.toEqual([]);
    await store.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

async function putBackupInPlace(path: string, target: string): Promise<void> {
  const { store, file } = openSqlite(path);
  file.backup(target);
  await store.close();
}

/** Puts noise where a table begins. */
function overwritePage(path: string, table: string): void {
  const raw = new Database(path, { readonly: true });
  const [page] = raw.query("select rootpage from sqlite_schema where name = ?").values(table).flat();
  raw.close(true);
  const bytes = readFileSync(path);
  bytes.set(noise(4096), (Number(page) - 1) * 4096);
  writeFileSync(path, bytes);
}

describe("a database that another process holds", () => {
  test("for more than five seconds is locked, for writing, for migrating and where a backup was put in place", async () => {
    const [path, restored] = [freshPath(), freshPath()];
    await createStore(path);
    await putBackupInPlace(path, restored);
    const before = [path, restored].map((file) => readFileSync(file).toString("hex"));
    await Promise.all([path, restored].map((held) => run("hold-lock.ts", [held]).firstLine()));
    const migrations = [{ name: "9001_note", sql: "create table note (text text)" }];
    const orders = [{ path, titles: ["x"] }, { path, migrations }, { path: restored }];
    const outcomes = await Promise.all(orders.map((order) => openElsewhere(order).outcome()));
    for (const [place, { error }] of outcomes.entries()) {
      const reason = "another process has held the database for more than 5 seconds";
      expect(error).toMatchObject({ code: "locked", message: `${orders[place]?.path}: ${reason}` });
      expect(error?.hints).not.toEqual([]);
    }
    expect([path, restored].map((file) => readFileSync(file).toString("hex"))).toEqual(before);
  }, 15_000);

  test("for a moment only is waited for", async () => {
    const path = freshPath();
    await createStore(path);
    const holder = run("hold-lock.ts", [path]);
    await holder.firstLine();
    const child = openElsewhere({ path, titles: ["patient"] });
    await child.ready();
    await Bun.sleep(100);
    await holder.kill();
    expect((await child.outcome()).error).toBeUndefined();
  });

  test("can still be read", async () => {
    const path = freshPath();
    await createStore(path);
    await run("hold-lock.ts", [path]).firstLine();
    const { store } = openSqlite(path);
    expect(await store.count("local", [])).toBe(300);
    await store.close();
  });
});
