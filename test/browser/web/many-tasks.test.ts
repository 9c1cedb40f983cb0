import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, newPerson, openAlone, openDevice, openFile, register, row, signIn } from "./on-page.ts";

// A list of 10,000 tasks, of which the document has only the rows in view: bun run test:browser

const { origin, open, serve, todo } = useBrowser({ expected: /status of 40[13]/ });

const SIZE = 10_000;
const EVERY = 100;
/** A view of 900 pixels has some 20 rows, and as many again stand beyond its edges. */
const MAX_ROWS = 200;
/** The server gives 1,000 tasks in an answer, so that ten are enough. */
const MAX_SYNCS = 40;
const WHEEL_PIXELS = 400;
/** A row that some fifty turns of the wheel come to. */
const LATER = 600;
/** Fewer would not show how the list is scrolled. */
const MIN_FRAMES = 20;

const folder = mkdtempSync(join(tmpdir(), "todo-many-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database of the command line with that many tasks, of which each hundredth is about the dentist. */
function makeDatabase(): string {
  const [file, path] = [join(folder, "tasks.ndjson"), join(folder, `${crypto.randomUUID()}.db`)];
  const lines = Array.from({ length: SIZE }, (_, at) =>
    JSON.stringify({ title: at % EVERY === 0 ? `Call the dentist ${at}` : `Task ${at}`, due_date: "2030-01-01" }),
  );
  writeFileSync(file, lines.join("\n"));
  todo("--db", path, "import", file);
  return path;
}

/** Notes how many rows the document has at most. */
async function watchRows(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.mostRows = 0;
    const count = () => (window.mostRows = Math.max(window.mostRows, document.querySelectorAll(".row").length));
    new MutationObserver(count).observe(document.body, { subtree: true, childList: true });`);
  return () => page.evaluate<number>("window.mostRows");
}

/** Notes of how many frames the list has no row in a place that is seen, and how many frames there were. */
async function watchBlanks(page: Page): Promise<() => Promise<{ readonly frames: number; readonly blank: number }>> {
  await page.evaluate(`
    window.noted = { frames: 0, blank: 0 };
    (function look() {
      const view = document.querySelector(".scroller").getBoundingClientRect();
      const seen = (box) => Math.max(0, Math.min(box.bottom, view.bottom) - Math.max(box.top, view.top));
      const rows = [...document.querySelectorAll(".virtual > *")].map((row) => seen(row.getBoundingClientRect()));
      const covered = rows.reduce((sum, height) => sum + height, 0);
      window.noted.frames += 1;
      if (covered < seen(document.querySelector(".virtual").getBoundingClientRect()) - 1) window.noted.blank += 1;
      requestAnimationFrame(look);
    })();`);
  return async () => JSON.parse(await page.evaluate("JSON.stringify(window.noted)"));
}

test("an account of 10,000 tasks comes by a sign-in in few requests, and no moment of scrolling shows a blank row", async () => {
  const person = newPerson();
  const at = await serve({ TODO_SIGNUP: "open" });
  await register(at, person);
  const device = await openDevice(at, person);
  await device.bring(Array.from({ length: SIZE }, (_, number) => ({ title: `Task ${number}`, dueDate: "2030-01-01" })));

  const page = await open(at);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const countMostRows = await watchRows(page);
  await signIn(page, person);
  await page.getByText("10,000 tasks").waitFor();
  expect(asked.filter((path) => path === "/api/sync").length).toBeLessThan(MAX_SYNCS);
  expect(asked.length).toBeLessThan(2 * MAX_SYNCS);

  const noted = await watchBlanks(page);
  await page.locator(".row").first().hover();
  const isThere = () => page.locator(`[aria-posinset="${LATER}"]`).isVisible();
  while (!(await isThere())) await page.mouse.wheel(0, WHEEL_PIXELS);
  const { frames, blank } = await noted();
  expect(frames).toBeGreaterThan(MIN_FRAMES);
  expect(blank).toBe(0);

  await add(page, "Call Ann due:today");
  await row(page, "Call Ann").waitFor({ state: "attached" });
  await page.getByText("10,001 tasks").waitFor();
  expect(await countMostRows()).toBeLessThan(MAX_ROWS);
});

test("a file of 10,000 tasks is listed, counted, searched and walked through to the last one", async () => {
  const page = await open("/");
  const countMostRows = await watchRows(page);
  await openAlone(page);
  await page.goto(`${origin()}/#/settings`);
  await openFile(page, makeDatabase());
  await page.goto(`${origin()}/#/all`);
  await page.getByText("10,000 tasks").waitFor();
  expect(await countMostRows()).toBeLessThan(MAX_ROWS);

  await page.reload();
  await page.getByText("10,000 tasks").waitFor();
  expect(await page.getByRole("listitem").count()).toBeLessThan(MAX_ROWS);

  await page.getByLabel("Search and filter").pressSequentially("dentist");
  await page.getByText(`${SIZE / EVERY} tasks`).waitFor();
  await page.getByLabel("Search and filter").fill("");
  await page.getByText("10,000 tasks").waitFor();

  await page.locator(".row .open").first().focus();
  await page.keyboard.press("End");
  await page.locator(`[aria-posinset="${SIZE}"] .open:focus`).waitFor();
  await page.keyboard.press("Home");
  await page.locator('[aria-posinset="1"] .open:focus').waitFor();
});
