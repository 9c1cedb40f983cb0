import { describe, expect, test } from "bun:test";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";
import { useOpenings } from "../../support/children/opening.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const NOBODY = 65534;

const freshPath = useFreshPaths();
const openElsewhere = useOpenings();

type Modes = { readonly file: number; readonly folder: number };

/** A closed database with one task, with these permissions of the file and its folder. */
async function createStore(modes: Modes): Promise<{ path: string; bytes: Buffer }> {
  const path = freshPath();
  const { store } = openSqlite(path);
  await store.commit("local", { action: "add", now: OPENING, edits: [{ id: newId(), fields: { title: "old" } }] });
  await store.close();
  const bytes = readFileSync(path);
  chmodSync(dirname(dirname(path)), 0o711);
  giveAway(path, modes.file);
  giveAway(dirname(path), modes.folder);
  return { path, bytes };
}

/** Root may do everything. So where root runs the tests, the files belong to nobody, and so does the process that opens them. */
function giveAway(path: string, mode: number): void {
  if (process.getuid?.() === 0) chownSync(path, NOBODY, NOBODY);
  chmodSync(path, mode);
}

/** A link to a database, in a folder that can't be written. */
function linkTo(path: string): string {
  const link = `${dirname(path)}/links/todo.db`;
  mkdirSync(dirname(link));
  symlinkSync(path, link);
  giveAway(dirname(link), 0o500);
  return link;
}

/** Whoever runs the tests can look and clean up again. */
function takeBack(path: string): void {
  chmodSync(dirname(path), 0o700);
  chmodSync(path, 0o600);
}

describe("a database that its user can't write", () => {
  test.each<[string, Modes, string]>([
    ["a read-only file", { file: 0o400, folder: 0o700 }, "read_only_store"],
    ["a read-only file in a read-only folder", { file: 0o400, folder: 0o500 }, "read_only_store"],
    ["a file in a read-only folder", { file: 0o600, folder: 0o500 }, "read_only_store"],
    ["a file that can't be read", { file: 0o000, folder: 0o700 }, "unreadable_store"],
    ["a file in a folder that can't be entered", { file: 0o600, folder: 0o000 }, "read_only_store"],
  ])("such as %s is refused by its path when a task is added, and stays as it is", async (_, modes, code) => {
    const { path, bytes } = await createStore(modes);
    const { error } = await openElsewhere({ path, titles: ["new"], unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toMatchObject({ code, message: expect.stringContaining(`${path}: `) });
    expect(error?.hints).not.toEqual([]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test.each<[string, Modes]>([
    ["a read-only file", { file: 0o400, folder: 0o700 }],
    ["a read-only file in a read-only folder", { file: 0o400, folder: 0o500 }],
    ["a file in a read-only folder", { file: 0o600, folder: 0o500 }],
  ])("such as %s can be read, and nothing appears beside it", async (_, modes) => {
    const { path, bytes } = await createStore(modes);
    const { node, error } = await openElsewhere({ path, unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toBeUndefined();
    expect(node).toMatch(/^[0-9a-f]{8}$/);
    expect(readdirSync(dirname(path))).toEqual(["todo.db"]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("is not read without what a -wal file holds", async () => {
    const { path } = await createStore({ file: 0o400, folder: 0o700 });
    writeFileSync(`${path}-wal`, "changes");
    chmodSync(dirname(path), 0o500);
    const { error } = await openElsewhere({ path, unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toMatchObject({
      code: "read_only_store",
      message: expect.stringContaining(`${path}: its -wal file`),
    });
  });

  test("is not read through a link without what the -wal file of its target holds", async () => {
    const { path } = await createStore({ file: 0o400, folder: 0o700 });
    const link = linkTo(path);
    writeFileSync(`${path}-wal`, "changes");
    chmodSync(dirname(path), 0o500);
    const { error } = await openElsewhere({ path: link, unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toMatchObject({
      code: "read_only_store",
      message: expect.stringContaining(`${link}: its -wal file`),
    });
  });

  test("is none if only the link to it is in a read-only folder", async () => {
    const { path } = await createStore({ file: 0o600, folder: 0o700 });
    const link = linkTo(path);
    const { error } = await openElsewhere({ path: link, titles: ["new"], unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toBeUndefined();
  });

  test("is not read by a version that would have to migrate it first", async () => {
    const { path } = await createStore({ file: 0o400, folder: 0o500 });
    const migrations = [{ name: "9999_later", sql: "create table later (x)" }];
    const { error } = await openElsewhere({ path, migrations, unprivileged: true }).outcome();
    takeBack(path);
    expect(error).toMatchObject({
      code: "read_only_store",
      message: `${path}: it lacks the migration 9999_later, and it can't be written`,
    });
  });

  test("shows its reader what a process of its owner has open", async () => {
    const { path } = await createStore({ file: 0o444, folder: 0o755 });
    const { store } = openSqlite(path);
    await store.commit("local", { action: "add", now: OPENING, edits: [{ id: newId(), fields: { title: "new" } }] });
    for (const suffix of ["-wal", "-shm"]) chmodSync(path + suffix, 0o444);
    giveAway(path, 0o444);
    if (process.getuid?.() === 0) chownSync(dirname(path), 0, 0);
    const { node, error } = await openElsewhere({ path, unprivileged: true }).outcome();
    await store.close();
    takeBack(path);
    expect(error).toBeUndefined();
    expect(node).toMatch(/^[0-9a-f]{8}$/);
  });

  test("because it would be new in a read-only folder is refused by its path, and nothing is left there", async () => {
    const path = freshPath();
    chmodSync(dirname(dirname(path)), 0o711);
    giveAway(dirname(path), 0o500);
    const { error } = await openElsewhere({ path, unprivileged: true }).outcome();
    chmodSync(dirname(path), 0o700);
    expect(error).toMatchObject({ code: "read_only_store", message: `${path}: the database can't be written` });
    expect(error?.hints).not.toEqual([]);
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});
