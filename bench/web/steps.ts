import type { Page } from "playwright-core";
import { quantile } from "../sync/finding.ts";
import { type Account, SEARCHED, typeCredentials, untilAllCounted, untilSynced } from "./account.ts";
import type { Note } from "./figures.ts";
import { watchAdding, watchFrames, watchKeys } from "./in-page.ts";

const ADDED = 50;
const FRAMES = 240;
const WHEEL_PIXELS = 240;
const LATE_MS = 25;
const TYPING_DELAY_MS = 120;
/** The preview of a line is drawn by then. */
const PAUSE_BEFORE_ENTER_MS = 200;
/** Before all tasks of the sample. */
const FIRST_DUE = Temporal.PlainDate.from("2020-01-01");

/** Signs in to an account of which nothing is here, and types meanwhile. */
export async function measureSignIn(page: Page, account: Account, note: Note): Promise<void> {
  await page.goto(account.url);
  await typeCredentials(page);
  const keys = await watchKeys(page, async () => {
    const start = performance.now();
    await page.getByLabel("Password", { exact: true }).press("Enter");
    const done = untilSynced(page).then(() => untilAllCounted(page, account));
    await Promise.all([done, pressKeysUntil(page, done)]);
    note("signedIn", performance.now() - start);
  });
  note("keyAtSignIn", keys);
}

function endWith(done: Promise<void>): AbortController {
  const ending = new AbortController();
  // What is wrong is said by who waits for it.
  void done.catch(() => {}).then(() => ending.abort());
  return ending;
}

/** Types a letter of a task, leaves the field and goes down the list, again and again. */
async function pressKeysUntil(page: Page, done: Promise<void>): Promise<void> {
  const { signal } = endWith(done);
  await page.getByLabel("Add a task").waitFor();
  while (!signal.aborted) {
    await page.getByLabel("Add a task").focus();
    await page.keyboard.press("x");
    await page.waitForTimeout(TYPING_DELAY_MS);
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("j");
    await page.waitForTimeout(TYPING_DELAY_MS);
  }
  await page.getByLabel("Add a task").fill("");
}

/** Reloads the page, and waits for what was there last and then for all. */
export async function measureReload(page: Page, account: Account, note: Note): Promise<void> {
  const start = performance.now();
  await page.reload({ waitUntil: "commit" });
  await page.locator(".row").first().waitFor();
  note("reloadedRow", performance.now() - start);
  await untilAllCounted(page, account);
  note("reloadedAll", performance.now() - start);
}

/** Opens the page in a browser that has just been started. */
export async function measureStart(page: Page, account: Account, note: Note): Promise<void> {
  const start = performance.now();
  await page.goto(account.url, { waitUntil: "commit" });
  await page.locator(".row").first().waitFor();
  note("startedRow", performance.now() - start);
  await untilAllCounted(page, account);
  note("startedAll", performance.now() - start);
}

/** Adds tasks by the keyboard, each of which comes to the top of the list. */
export async function measureAdding(page: Page, account: Account, note: Note): Promise<void> {
  const added: Awaited<ReturnType<typeof watchAdding>>[] = [];
  const field = page.getByLabel("Add a task");
  for (let at = 0; at < ADDED; at += 1) {
    account.tasks += 1;
    const title = `Added ${(account.added += 1)}.`;
    await field.fill(`${title} due:${FIRST_DUE.subtract({ days: account.added }).toString()}`);
    await page.waitForTimeout(PAUSE_BEFORE_ENTER_MS);
    added.push(await watchAdding(page, title, () => field.press("Enter")));
  }
  note(
    "addedRow",
    quantile(
      added.map(({ row }) => row),
      0.95,
    ),
  );
  note(
    "addedWord",
    quantile(
      added.map(({ word }) => word),
      0.95,
    ),
  );
  await untilSynced(page);
}

/** Types a word into the search, letter by letter. */
export async function measureSearch(page: Page, note: Note): Promise<void> {
  const field = page.getByLabel("Search and filter");
  const { times } = await watchFrames(page, async () => {
    await field.pressSequentially(SEARCHED, { delay: TYPING_DELAY_MS });
    await page.locator("#list-title", { hasText: "Found" }).waitFor();
  });
  note("searchFrame", Math.max(...times));
  await field.fill("");
  await page.locator("#list-title", { hasText: "All open" }).waitFor();
}

/** Turns the wheel over the list, frame by frame. */
export async function measureScrolling(page: Page, note: Note): Promise<void> {
  const box = await page.locator(".virtual").boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200);
  const { times, blank } = await watchFrames(page, async () => {
    for (let at = 0; at < FRAMES; at += 1) await page.mouse.wheel(0, WHEEL_PIXELS);
  });
  const frames = times.slice(0, FRAMES);
  note("scrollFrame", quantile(frames, 0.5));
  note("scrollLate", frames.filter((ms) => ms > LATE_MS).length);
  note("scrollBlank", blank);
}

/** Reloads the page without a network. */
export async function measureOffline(page: Page, note: Note): Promise<void> {
  await page.context().setOffline(true);
  const start = performance.now();
  await page.reload({ waitUntil: "commit" });
  await page.locator(".row").first().waitFor();
  note("offlineRow", performance.now() - start);
}
