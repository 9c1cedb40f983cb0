import { expect, test } from "bun:test";
import { readPreview } from "../../../src/db/browser/preview.ts";
import { openBrowserDatabase } from "../../../src/db/browser/database.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createPreviewKeeper } from "../../../src/web/worker/preview.ts";
import { shareSqlite } from "../../support/browser/databases.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { createBrowser, createPage } from "./pages.ts";

test("what is asked for before the database is open waits for it", async () => {
  const page = createPage(createBrowser());
  const adding = page.ask("add", { text: "Pay rent" });
  await page.open();
  expect(await adding).toMatchObject({ words: "Added “Pay rent”" });
});

test("a database that can't be opened says so to whoever asks for something", async () => {
  const browser = createBrowser();
  const page = createPage({ ...browser, indexedDB: refuseAll() });
  expect(await page.refuse("open", browser.owner)).toMatchObject({ code: "unavailable" });
  expect(await page.refuse("add", { text: "Pay rent" })).toMatchObject({ code: "unavailable" });
});

/** IndexedDB where a browser allows none. */
function refuseAll() {
  const refuse = () => {
    throw new DOMException("no storage here", "SecurityError");
  };
  return { open: refuse, deleteDatabase: refuse };
}

test("a page without a server says that it is alone, and asks none", async () => {
  const page = createPage({ ...createBrowser(), isOffline: true });
  await page.open();
  await page.ask("authorize", { token: "a token" });
  await page.ask("add", { text: "Pay rent" });
  await page.ask("sync", null);
  expect(page.state()).toEqual({ kind: "alone" });
  expect(page.notices).not.toContainEqual({ kind: "token" });
});

test("a page that is loaded again has all tasks, the open ones first", async () => {
  const browser = createBrowser();
  const first = createPage(browser);
  await first.open();
  const { ids } = await first.ask("add", { text: "open\nclosed\ndeleted" });
  await first.ask("act", { ids: ids.slice(1, 2), action: "complete" });
  await first.ask("act", { ids: ids.slice(2), action: "delete" });
  const page = createPage(browser);
  await page.open();
  const [rows] = page.notices;
  expect(rows).toMatchObject({ tasks: [{ title: "open" }], whole: false, last: false });
  await page.whole();
  const told = page.notices.flatMap((notice) => (notice.kind === "tasks" ? notice.tasks : []));
  expect(told.map(({ title }) => title)).toEqual(["open", "open", "closed", "deleted"]);
});

test("what another page changes arrives", async () => {
  const browser = createBrowser();
  const [one, other] = [createPage(browser), createPage(browser)];
  await Promise.all([one.open(), other.open()]);
  await Promise.all([one.whole(), other.whole()]);
  const { ids } = await one.ask("add", { text: "Pay rent" });
  await other.until(() => other.titles().includes("Pay rent"));
  await one.ask("act", { ids, action: "delete" });
  await other.until(() => other.titles().length === 0);
  await one.ask("saveFilter", { name: "shopping", text: "+shop" });
  await other.until(() => other.notices.some(({ kind }) => kind === "filters"));
});

test("another file takes the place of all that was there, in all pages", async () => {
  const [here, elsewhere] = [createBrowser(), createBrowser()];
  const [one, other, source] = [createPage(here), createPage(here), createPage(elsewhere)];
  await Promise.all([one.open(), other.open(), source.open()]);
  await Promise.all([one.whole(), other.whole(), source.whole()]);
  await one.ask("add", { text: "old\nolder\noldest" });
  await source.ask("add", { text: "new" });
  await one.ask("replaceFile", { bytes: await source.ask("readFile", null) });
  for (const page of [one, other]) await page.until(() => page.titles().join() === "new");
  await one.ask("add", { text: "newer" });
  for (const page of [one, other]) await page.until(() => page.titles().join() === "new,newer");
});

test("a file that is none changes nothing", async () => {
  const page = createPage(createBrowser());
  await page.open();
  await page.ask("add", { text: "Pay rent" });
  const bytes = new TextEncoder().encode("no database");
  expect(await page.refuse("replaceFile", { bytes })).toMatchObject({ code: "unreadable_store" });
  expect(page.titles()).toEqual(["Pay rent"]);
});

test("a database that is removed is gone from the browser", async () => {
  const browser = createBrowser();
  const page = createPage(browser);
  await page.open();
  await page.ask("add", { text: "Pay rent" });
  await page.ask("remove", null);
  expect(await readPreview(`todo:${browser.owner.account}`, browser.indexedDB)).toBeUndefined();
  const again = createPage(browser);
  await again.open();
  await again.whole();
  expect(again.titles()).toEqual([]);
});

test("the first rows and their number are kept for the next time", async () => {
  const { indexedDB, owner } = createBrowser();
  const name = `todo:${owner.account}`;
  const database = await openBrowserDatabase(name, { indexedDB, sqlite: shareSqlite() });
  const { store } = database;
  const edits = [{ id: Bun.randomUUIDv7(), fields: { title: "Pay rent" } }];
  const tasks = await store.commit("local", { action: "add", now: SYSTEM.now(), edits });
  const kept = Promise.withResolvers<void>();
  const keepPreview = (value: unknown) => database.keepPreview(value).then(kept.resolve);
  const workspace = { store, user: "local", system: SYSTEM };
  createPreviewKeeper({ workspace, database: { keepPreview } }, 0).noteChange();
  await kept.promise;
  expect(await readPreview(name, indexedDB)).toEqual({ tasks, count: 1 });
  await database.close();
});

test("what a newer version of the page has changed can't be opened, and is still saved", async () => {
  const browser = createBrowser();
  const newer = { name: "9001_note", sql: "create table later (text text not null)" };
  const database = await openBrowserDatabase(`todo:${browser.owner.account}`, {
    indexedDB: browser.indexedDB,
    sqlite: shareSqlite(),
    migrations: [...sqliteMigrations, newer],
  });
  const bytes = await database.file.read();
  await database.close();
  const page = createPage(browser);
  expect(await page.refuse("open", browser.owner)).toMatchObject({ code: "newer_store" });
  expect(await page.refuse("undo", null)).toMatchObject({ code: "newer_store" });
  expect(await page.ask("readFile", null)).toEqual(bytes);
});
