import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import type { Migration } from "../../../src/db/migrate.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createTestBrowser } from "../../support/browser/databases.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import { refusalOf } from "../../support/errors.ts";
import { newId, titleOf } from "../../support/stores/test-user.ts";

const USER = "local";
const NOW = Date.UTC(2026, 10, 20, 9);
const NOTE: Migration = { name: "9001_note", sql: "create table note (text text not null)" };
const BROKEN: Migration = {
  name: "9002_broken",
  sql: "insert into note values ('x');--> statement-breakpoint\nno SQL",
};

const freshPath = useFreshPaths();

async function openWith(title: string, browser = createTestBrowser()) {
  const database = await browser.open();
  await add(database.store, title);
  return { browser, ...database };
}

function add(store: Store, title: string) {
  return store.commit(USER, { action: "add", now: NOW, edits: [{ id: newId(), fields: { title } }] });
}

async function titlesOf(store: Store): Promise<string[]> {
  return (await store.find(USER, { where: [] })).tasks.map(titleOf).toSorted();
}

/** A file as a command leaves it, with one task. */
async function writeFile(title: string, migrations = sqliteMigrations) {
  const path = freshPath();
  const { store } = openSqlite(path, { migrations });
  if (migrations === sqliteMigrations) await add(store, title);
  const node = await store.node();
  await store.close();
  return { path, node, bytes: () => Bun.file(path).bytes() };
}

describe("a database that is saved", () => {
  test("is a sound file for a command, which lists and writes it as a node of its own", async () => {
    const page = await openWith("Milk");
    const path = freshPath();
    await Bun.write(path, await page.file.read());
    const opened = openSqlite(path);
    expect(opened.file.check()).toEqual([]);
    expect(await opened.store.node()).not.toBe(await page.store.node());
    await add(opened.store, "Bread");
    expect(await titlesOf(opened.store)).toEqual(["Bread", "Milk"]);
    await Promise.all([opened.store.close(), page.close()]);
  });
});

describe("a file that is opened in a browser", () => {
  test("takes the place of all that was there, as a node of its own", async () => {
    const page = await openWith("Milk");
    const before = await page.store.node();
    const { bytes, node } = await writeFile("Bread");
    expect((await bytes())[18]).toBe(2);
    await page.file.replace(await bytes());
    expect(await titlesOf(page.store)).toEqual(["Bread"]);
    expect([before, node]).not.toContain(await page.store.node());
    await add(page.store, "Tea");
    expect(await page.file.check()).toEqual([]);
    await page.close();
    const later = await page.browser.open();
    expect(await titlesOf(later.store)).toEqual(["Bread", "Tea"]);
    await later.close();
  });

  test("is what other pages see then, too", async () => {
    const page = await openWith("Milk");
    const other = await page.browser.open();
    expect(await titlesOf(other.store)).toEqual(["Milk"]);
    const saved = await page.file.read();
    await add(page.store, "lost");
    await add(other.store, "lost too");
    // As many changes are counted in it as in the one whose place it takes, and others were made.
    await page.file.replace(saved);
    await add(page.store, "Bread");
    await add(page.store, "Tea");
    await add(other.store, "Salt");
    expect(await titlesOf(other.store)).toEqual(["Bread", "Milk", "Salt", "Tea"]);
    expect(await other.file.check()).toEqual([]);
    await Promise.all([page.close(), other.close()]);
  });

  test("goes on following whom it followed", async () => {
    const page = await openWith("Milk");
    const { path } = await writeFile("Bread");
    const opened = openSqlite(path);
    await opened.openReplica(USER).bind({ server: "https://todo.example.com", user: "acct_1" });
    await opened.store.close();
    await page.file.replace(await Bun.file(path).bytes());
    expect(await page.openReplica(USER).binding()).toMatchObject({ user: "acct_1" });
    await page.close();
  });

  test("of an older version is brought up to date", async () => {
    const page = await openWith("Milk");
    const { bytes } = await writeFile("", sqliteMigrations.slice(0, 3));
    await page.file.replace(await bytes());
    await page.store.ping();
    await add(page.store, "Bread");
    expect(await titlesOf(page.store)).toEqual(["Bread"]);
    await page.close();
  });

  const cutOff = (bytes: Uint8Array) => bytes.slice(0, -8192);
  /** It lacks a table that nothing needs to open it. */
  const removeTable = async () => {
    const { path } = await writeFile("x");
    const raw = new Database(path);
    raw.run("drop table history");
    raw.close(true);
    return Bun.file(path).bytes();
  };
  const makeOther = () => {
    const raw = new Database(":memory:");
    raw.run("create table note (text text)");
    return raw.serialize();
  };
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string, RegExp]>([
    [
      "is no database",
      () => new TextEncoder().encode("title,due\n".repeat(100)),
      "unreadable_store",
      /^the file: .*not a todo database/,
    ],
    ["is empty", () => new Uint8Array(), "unreadable_store", /^the file: .*empty/],
    ["is of another program", makeOther, "unreadable_store", /^the file: .*another program/],
    [
      "is cut off",
      async () => cutOff(await (await writeFile("x")).bytes()),
      "unreadable_store",
      /^the file: .*damaged/,
    ],
    ["lacks what has to be in it", removeTable, "unreadable_store", /^the file: .*damaged: history is missing/],
    [
      "is of a newer version",
      async () => (await writeFile("", [...sqliteMigrations, NOTE])).bytes(),
      "newer_store",
      /^the file: .*9001_note/,
    ],
  ])("and %s is refused, and all is as it was", async (_, make, code, message) => {
    const page = await openWith("Milk");
    const refused = await refusalOf(page.file.replace(await make()));
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await titlesOf(page.store)).toEqual(["Milk"]);
    await page.close();
  });
});

describe("a database of an older version of the page", () => {
  test("is brought up to date when it is opened", async () => {
    const { browser, close } = await openWith("Milk");
    await close();
    const later = await browser.open({ migrations: [...sqliteMigrations, NOTE] });
    expect(await titlesOf(later.store)).toEqual(["Milk"]);
    await later.close();
    expect(await refusalOf(browser.open())).toMatchObject({
      code: "newer_store",
      message: expect.stringContaining("9001_note"),
      hints: [expect.stringContaining("Reload the page")],
    });
  });

  test("is as it was after a migration that fails, also one behind others", async () => {
    const { browser, file, close } = await openWith("Milk");
    const before = await file.read();
    await close();
    const failed = await refusalOf(browser.open({ migrations: [...sqliteMigrations, NOTE, BROKEN] }));
    expect(failed).toMatchObject({
      code: "unreadable_store",
      message: expect.stringContaining(BROKEN.name),
      hints: ["Nothing was changed."],
    });
    const later = await browser.open();
    expect(await later.file.read()).toEqual(before);
    await add(later.store, "Bread");
    expect(await titlesOf(later.store)).toEqual(["Bread", "Milk"]);
    await later.close();
  });
});
