import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useScratch } from "../../support/disks/scratch.ts";
import { unpackDatabase } from "../../support/sync/fixtures.ts";
import { useBrowser } from "../in-browser.ts";
import { add, openAlone, openFile, row, saveDatabase } from "./on-page.ts";

// Databases of earlier versions in the page: bun run test:browser

const { serve, open, todo, expectNoOffence } = useBrowser({ expected: /status of 40[13]/ });
const scratch = useScratch();

const WHY = "it can't be brought up to date: the migration 0010_activity fails. Nothing was changed.";

/** A file of an earlier version, which can be brought up to date. */
function makeOldFile(): string {
  return unpackDatabase("plain", scratch(`${crypto.randomUUID()}.db`));
}

/** One in which somebody has made what a later version makes, so that it can't. */
function makeStuckFile(): string {
  const path = makeOldFile();
  const database = new Database(path);
  database.run("pragma journal_mode = delete");
  database.run("create index tasks_reminders on tasks (user_id)");
  database.close();
  return path;
}

async function readSaved(page: Page): Promise<Uint8Array> {
  const path = scratch(`${crypto.randomUUID()}.db`);
  await saveDatabase(page, path);
  return Bun.file(path).bytes();
}

test("a file of an earlier version is brought up to date when it is opened", async () => {
  const origin = await serve({});
  const page = await open(origin);
  await openAlone(page);
  await page.goto(`${origin}/#/settings`);
  await openFile(page, makeOldFile());
  await page.getByText("Opened").waitFor();
  const path = scratch("brought-up.db");
  await saveDatabase(page, path);
  expect(todo("--db", path, "doctor")).toContain("sound");
  expect(todo("--db", path, "list", "--color", "never")).toContain("Pay rent");
  await page.goto(`${origin}/#/all`);
  await row(page, "Pay rent").first().waitFor();
});

test("a file that can't be brought up to date changes nothing, and the page says why", async () => {
  const origin = await serve({});
  const page = await open(origin);
  await openAlone(page);
  await add(page, "Call Ann");
  await row(page, "Call Ann").waitFor();
  await page.goto(`${origin}/#/settings`);
  const before = await readSaved(page);
  await openFile(page, makeStuckFile());
  await page.getByRole("status").getByText(`The file: ${WHY}`).waitFor();
  expect(await readSaved(page)).toEqual(before);
  await page.goto(`${origin}/#/all`);
  await row(page, "Call Ann").waitFor();
  await expectNoOffence(page);
});

/** Puts the bytes of a file in the place of the database that a page has kept. */
async function keepInPlace(page: Page, path: string): Promise<void> {
  const bytes = Buffer.from(await Bun.file(path).bytes()).toString("base64");
  await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob("${bytes}"), (each) => each.charCodeAt(0));
    const opening = indexedDB.open("todo:local");
    await new Promise((resolve) => opening.addEventListener("success", resolve));
    const transaction = opening.result.transaction(["pieces", "commits", "state", "preview"], "readwrite");
    for (const name of transaction.objectStoreNames) transaction.objectStore(name).clear();
    for (let at = 0; at < bytes.length; at += 65536) {
      const piece = new Uint8Array(65536);
      piece.set(bytes.subarray(at, at + 65536));
      transaction.objectStore("pieces").put(piece, at / 65536);
    }
    transaction.objectStore("state").put({ version: 1, size: bytes.length, generation: "earlier" }, 0);
    await new Promise((resolve) => transaction.addEventListener("complete", resolve));
    opening.result.close();
  })()`);
}

test("a database of the browser that can't be brought up to date is kept as it is, and can be saved", async () => {
  const origin = await serve({});
  const page = await open(origin);
  await openAlone(page);
  await add(page, "Call Ann");
  await row(page, "Call Ann").waitFor();
  const path = makeStuckFile();
  await keepInPlace(page, path);
  for (let time = 1; time <= 2; time += 1) {
    await page.reload();
    await page.getByRole("heading", { name: "Your tasks can't be opened" }).waitFor();
    await page.locator("p.notice", { hasText: `The database in this browser: ${WHY}` }).waitFor();
    expect(await readSaved(page)).toEqual(await Bun.file(path).bytes());
    expect(await page.getByRole("status").innerText()).toBe("");
  }
  await expectNoOffence(page);
});
