import { expect, test } from "bun:test";
import { readPreview } from "../../../src/db/browser/preview.ts";
import { createTestBrowser } from "../../support/browser/databases.ts";
import { createFaultyIndexedDb } from "../../support/browser/faulty-indexed-db.ts";

test("what a page shows first is there for the next one before the database is open", async () => {
  const { name, indexedDB, open } = createTestBrowser();
  const page = await open();
  await page.keepPreview([{ title: "Milk" }]);
  await page.close();
  expect(await readPreview(name, indexedDB)).toEqual([{ title: "Milk" }]);
  const next = await open();
  await next.file.replace(await next.file.read());
  expect(await readPreview(name, indexedDB)).toBeUndefined();
  await next.close();
});

test("looking for it where there is no database makes none", async () => {
  const { name, indexedDB, listNames } = createTestBrowser();
  expect(await readPreview(name, indexedDB)).toBeUndefined();
  expect(await listNames()).toEqual([]);
});

test("a page goes on if it can't be kept", async () => {
  const { indexedDB, failOnce } = createFaultyIndexedDb();
  const browser = createTestBrowser({ indexedDB });
  const page = await browser.open();
  failOnce("put", "QuotaExceededError");
  await page.keepPreview("x");
  expect(await readPreview(browser.name, indexedDB)).toBeUndefined();
  await page.close();
});
