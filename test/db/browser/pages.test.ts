import { describe, expect, test } from "bun:test";
import type { BrowserDatabase } from "../../../src/db/browser/database.ts";
import { createTestBrowser } from "../../support/browser/databases.ts";
import { createFaultyIndexedDb } from "../../support/browser/faulty-indexed-db.ts";
import { refusalOf } from "../../support/errors.ts";
import { newId, only, titleOf } from "../../support/stores/test-user.ts";

const USER = "local";
const NOW = Date.UTC(2026, 10, 20, 9);
const WRITES = 60;

/** Adds a task and edits it, and answers its title. */
async function addAndEdit({ store }: BrowserDatabase, title: string): Promise<string> {
  const write = (fields: Readonly<Record<string, string>>) =>
    store.commit(USER, { action: "edit", now: NOW, edits: [{ id, fields }] });
  const id = newId();
  await write({ title: "new" });
  return titleOf(only(await write({ title })));
}

/** What a page hears of the next commit of another one. */
function nextCommit(page: BrowserDatabase): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = page.subscribe(() => {
      unsubscribe();
      resolve();
    });
  });
}

/** Two pages, and how both are closed. */
async function openPair(browser = createTestBrowser()) {
  const [one, other] = await Promise.all([browser.open(), browser.open()]);
  return { browser, one, other, closeBoth: () => Promise.all([one.close(), other.close()]) };
}

describe("several pages with one database", () => {
  test("that are opened at once make one", async () => {
    const { one, other, closeBoth } = await openPair();
    expect(await one.store.node()).toMatch(/^[0-9a-f]{8}$/);
    expect(await other.store.node()).toBe(await one.store.node());
    await closeBoth();
  });

  test("that write at once lose nothing, and no two edits have one clock", async () => {
    const browser = createTestBrowser();
    const pages = await Promise.all([browser.open(), browser.open(), browser.open()]);
    const titles = await Promise.all(
      pages.flatMap((page, at) => Array.from({ length: WRITES }, (_, no) => addAndEdit(page, `${at}: ${no}`))),
    );
    await Promise.all(pages.map((page) => page.close()));
    const later = await browser.open();
    const { tasks } = await later.store.find(USER, { where: [] });
    expect(tasks.map(titleOf).toSorted()).toEqual(titles.toSorted());
    const clocks = (await later.store.history(USER, {})).map(({ clock }) => clock);
    expect(new Set(clocks).size).toBe(2 * titles.length);
    expect(await later.file.check()).toEqual([]);
    await later.close();
  });

  test("hear of each other's commits, and find them with the next read", async () => {
    const { one, other, closeBoth } = await openPair();
    const heard = nextCommit(other);
    const title = await addAndEdit(one, "Milk");
    await heard;
    const { tasks } = await other.store.find(USER, { where: [] });
    expect(tasks.map(titleOf)).toEqual([title]);
    await closeBoth();
  });

  test("find them before they write, also when they have not heard of them yet", async () => {
    const { one, other, closeBoth } = await openPair();
    const id = newId();
    const write = ({ store }: BrowserDatabase, fields: Readonly<Record<string, string>>) =>
      store.commit(USER, { action: "edit", now: NOW, edits: [{ id, fields }] });
    await write(one, { title: "Milk" });
    expect(only(await write(other, { project: "Home" }))).toMatchObject({ title: "Milk", project: "Home" });
    await closeBoth();
  });

  test("read of a database that they know only what was changed", async () => {
    const { indexedDB, countWholeReads } = createFaultyIndexedDb();
    const { one, other, closeBoth } = await openPair(createTestBrowser({ indexedDB }));
    await addAndEdit(other, "before");
    const before = countWholeReads();
    await addAndEdit(one, "one");
    await addAndEdit(other, "other");
    expect(await other.store.count(USER, [])).toBe(3);
    expect(countWholeReads()).toBe(before);
    await closeBoth();
  });

  test("read all of one in which more was done than is noted", async () => {
    const { one, other, closeBoth } = await openPair();
    for (let count = 0; count < 201; count += 1) await one.openReplica(USER).notePurge(count);
    await addAndEdit(other, "other");
    await addAndEdit(one, "one");
    expect((await one.store.find(USER, { where: [] })).tasks.map(titleOf).toSorted()).toEqual(["one", "other"]);
    expect(await one.file.check()).toEqual([]);
    await closeBoth();
  });
});

describe("a database that one page removes", () => {
  test("is not there for the others any more, and none of them makes it again", async () => {
    const { browser, one, other } = await openPair();
    await one.remove();
    expect(await refusalOf(addAndEdit(other, "Milk"))).toMatchObject({
      code: "unavailable",
      message: "the database in this browser was removed",
    });
    expect(await refusalOf(addAndEdit(one, "Milk"))).toMatchObject({ code: "unavailable" });
    await other.close();
    expect(await browser.listNames()).toEqual([]);
  });
});
