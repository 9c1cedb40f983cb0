import { describe, expect, test } from "bun:test";
import { IDBFactory } from "fake-indexeddb";
import { createTestBrowser } from "../../support/browser/databases.ts";
import { createFaultyIndexedDb } from "../../support/browser/faulty-indexed-db.ts";
import { refusalOf } from "../../support/errors.ts";
import { createTestUser, newId, type TestUser } from "../../support/stores/test-user.ts";

async function openWithFaults() {
  const faulty = createFaultyIndexedDb();
  const browser = createTestBrowser({ indexedDB: faulty.indexedDB });
  const database = await browser.open();
  const user = createTestUser(database.store);
  await user.add({ title: "before" });
  return { ...faulty, browser, database, user };
}

/** The titles of a user in a page that was opened just now. */
async function titlesElsewhere({ open }: ReturnType<typeof createTestBrowser>, { user }: TestUser): Promise<string[]> {
  const database = await open();
  const { tasks } = await database.store.find(user, { where: [] });
  await database.close();
  return tasks.map(({ title }) => title).toSorted();
}

describe("a write that the browser does not keep", () => {
  test.each([
    ["QuotaExceededError", "full_disk"],
    ["UnknownError", "unavailable"],
    ["AbortError", "unavailable"],
  ])("because of %s is refused, and gone from this page too", async (name, code) => {
    const { failOnce, browser, database, user } = await openWithFaults();
    failOnce("put", name);
    const refused = await refusalOf(user.add({ title: "lost" }));
    expect(refused).toMatchObject({ code, retryAfter: expect.any(Number) });
    expect(await user.titles([])).toEqual(["before"]);
    await user.add({ title: "after" });
    expect(await user.titles([])).toEqual(["after", "before"]);
    expect(await titlesElsewhere(browser, user)).toEqual(["after", "before"]);
    await database.close();
  });

  test("is nowhere in what another page writes next", async () => {
    const { failOnce, browser, database, user } = await openWithFaults();
    failOnce("put", "QuotaExceededError");
    await refusalOf(user.add({ title: "lost" }));
    // SQLite's own count of changes is in both files the same now.
    const other = await browser.open();
    await other.store.commit(user.user, {
      action: "add",
      now: 1,
      edits: [{ id: newId(), fields: { title: "kept" } }],
    });
    await other.close();
    await user.add({ title: "after" });
    expect(await user.titles([])).toEqual(["after", "before", "kept"]);
    expect(await database.file.check()).toEqual([]);
    await database.close();
  });

  test("is not seen before it is kept", async () => {
    const { failOnce, database, user } = await openWithFaults();
    failOnce("put", "QuotaExceededError");
    const reads: Promise<number>[] = [];
    const onProgress = () => void reads.push(user.store.count(user.user, []));
    await refusalOf(user.commit([{ id: newId(), fields: { title: "lost" } }], { onProgress }));
    expect(reads.length).toBeGreaterThan(0);
    expect(new Set(await Promise.all(reads))).toEqual(new Set([1]));
    await database.close();
  });

  test("takes those with it that came together with it", async () => {
    const { failOnce, database, user } = await openWithFaults();
    failOnce("put", "QuotaExceededError");
    const ends = await Promise.allSettled([user.add({ title: "one" }), user.add({ title: "other" })]);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await user.titles([])).toEqual(["before"]);
    await database.close();
  });
});

describe("a connection that the browser has closed", () => {
  test("is opened again for the next write, and for the next read", async () => {
    const { closeConnections, database, user } = await openWithFaults();
    closeConnections();
    await user.add({ title: "after" });
    closeConnections();
    expect(await user.titles([])).toEqual(["after", "before"]);
    await database.close();
  });

  test.each(["InvalidStateError", "UnknownError"])("and that says %s is opened again once", async (name) => {
    const { failOnce, database, user } = await openWithFaults();
    failOnce("begin", name);
    await user.add({ title: "after" });
    failOnce("begin", name);
    failOnce("begin", name);
    expect(await refusalOf(user.add({ title: "not" }))).toMatchObject({ code: "unavailable", retryAfter: 5 });
    expect(await user.titles([])).toEqual(["after", "before"]);
    await database.close();
  });
});

test("of a full disk a write says so until there is room, also if the browser says no more than that it opens nothing", async () => {
  const { failOnce, closeConnections, database, user } = await openWithFaults();
  failOnce("put", "UnknownError", "Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE");
  const add = () => refusalOf(user.add({ title: "lost" }));
  expect(await add()).toMatchObject({ code: "full_disk", hints: [expect.stringContaining("Free some space")] });
  closeConnections();
  failOnce("open", "UnknownError", "Internal error opening backing store for indexedDB.open.");
  expect(await add()).toMatchObject({ code: "full_disk" });
  await user.add({ title: "after" });
  closeConnections();
  failOnce("open", "UnknownError", "Internal error opening backing store for indexedDB.open.");
  expect(await add()).toMatchObject({ code: "unavailable", hints: [expect.stringContaining("space left")] });
  expect(await user.titles([])).toEqual(["after", "before"]);
  await database.close();
});

test("a database of a later version of the page is refused", async () => {
  const indexedDB = new IDBFactory();
  const { name, open } = createTestBrowser({ indexedDB });
  const request = indexedDB.open(name, 2);
  await new Promise((resolve) => request.addEventListener("success", resolve));
  request.result.close();
  expect(await refusalOf(open())).toMatchObject({ code: "newer_store", hints: [expect.stringContaining("Reload")] });
});

test("a browser that can't run SQLite is told apart", async () => {
  const browser = createTestBrowser();
  const sqlite = Promise.reject(new WebAssembly.CompileError("not allowed"));
  expect(await refusalOf(browser.open({ sqlite }))).toMatchObject({
    code: "unavailable",
    hints: [expect.stringContaining("WebAssembly")],
  });
});
