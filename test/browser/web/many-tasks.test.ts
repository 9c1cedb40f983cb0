import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBrowser } from "../in-browser.ts";
import { openAlone } from "./on-page.ts";

// A list of 10,000 tasks, of which the document has only the rows in view: bun run test:browser

const { origin, open, todo } = useBrowser({ expected: /status of 40[13]/ });

const SIZE = 10_000;
const EVERY = 100;

const folder = mkdtempSync(join(tmpdir(), "todo-many-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database of the command line with that many tasks, of which each hundredth is about the dentist. */
function makeDatabase(): string {
  const [file, path] = [join(folder, "tasks.ndjson"), join(folder, "many.db")];
  const lines = Array.from({ length: SIZE }, (_, at) =>
    JSON.stringify({ title: at % EVERY === 0 ? `Call the dentist ${at}` : `Task ${at}`, due_date: "2030-01-01" }),
  );
  writeFileSync(file, lines.join("\n"));
  todo("--db", path, "import", file);
  return path;
}

test("10,000 tasks are listed, counted, searched and walked through to the last one", async () => {
  const page = await open("/");
  await openAlone(page);
  await page.goto(`${origin()}/#/settings`);
  await page.locator("input[type=file]").setInputFiles(makeDatabase());
  await page.getByRole("dialog").getByRole("button", { name: "Replace all" }).click();
  await page.goto(`${origin()}/#/all`);
  await page.getByText("10,000 tasks").waitFor();

  await page.reload();
  await page.getByText("10,000 tasks").waitFor();
  expect(await page.getByRole("listitem").count()).toBeLessThan(200);

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
