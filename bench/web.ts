/**
 * Measures the page in Chromium on an account of 10,000 tasks: `bun run bench:web [ROUNDS] [--write]`. The built program serves it,
 * and `todo web` signs in. Times are medians, as a person sees them: from what is pressed to what is there.
 */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { chromium, type Page } from "playwright-core";
import { findBinary } from "../test/support/cli/binary.ts";
import { keepTrack } from "./children.ts";
import { describeRun, formatRows, writePage } from "./page.ts";
import { runBench } from "./run.ts";
import { makeSample } from "./sample.ts";

const SIZE = 10_000;
const COUNTED = SIZE.toLocaleString("en");
const FILES = ["main.js", "style.css", "worker.js", "sqlite3.wasm"];

const rounds = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 5);

await runBench("web", async (folder) => {
  const binary = findBinary();
  const env = { ...process.env, HOME: folder, TODO_DB: `${folder}/todo.db`, TODO_SYNC: "off" };
  const sample = `${folder}/sample.ndjson`;
  writeFileSync(
    sample,
    makeSample(SIZE)
      .map((task) => JSON.stringify(task))
      .join("\n"),
  );
  Bun.spawnSync([binary, "import", sample], { env });
  const server = keepTrack(
    Bun.spawn([binary, "web", "--quiet", "--port", "0"], { env, stdout: "pipe", stderr: "ignore" }),
  );
  const link = await readLine(server.stdout);
  mkdirSync(`${folder}/profile`);
  const context = await chromium.launchPersistentContext(`${folder}/profile`, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await context.newPage();
  const figures = new Map<string, number[]>();
  const note = (name: string, ms: number) => figures.set(name, [...(figures.get(name) ?? []), ms]);
  note("signed in to synced and listed", await time(() => openSynced(page, link)));
  // The worker keeps the first rows two seconds behind the last change.
  await page.waitForTimeout(4000);
  for (let round = 0; round < rounds; round += 1) await measureStart(page, note);
  for (let round = 0; round < rounds; round += 1) await measureAdding(page, `Measured ${round}`, note);
  await measureSearch(page, note);
  await context.setOffline(true);
  note("offline: reload to the first row", await time(async () => reloadToRow(page)));
  const version = context.browser()?.version() ?? "";
  await context.close();
  report(figures, version);
});

async function openSynced(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator("summary", { hasText: /^Synced$/ }).waitFor();
  await page.getByText(`${COUNTED} tasks`).waitFor();
}

async function measureStart(page: Page, note: (name: string, ms: number) => void): Promise<void> {
  const start = performance.now();
  await reloadToRow(page);
  note("reload to the first row", performance.now() - start);
  // The count of what was there last is shown at once; the sidebar counts what has come.
  await page.locator("nav .number").first().getByText(/^10,0/).waitFor();
  note("reload to all counted", performance.now() - start);
  await page.waitForTimeout(1000);
}

async function reloadToRow(page: Page): Promise<void> {
  await page.reload({ waitUntil: "commit" });
  await page.locator(".row").first().waitFor();
}

async function measureAdding(page: Page, title: string, note: (name: string, ms: number) => void): Promise<void> {
  await page.getByLabel("Add a task").fill(`${title} due:yesterday`);
  await page.waitForTimeout(300);
  const start = performance.now();
  await page.getByLabel("Add a task").press("Enter");
  await page.getByRole("status").getByText(title).waitFor();
  note("Enter to “Added”, on disk", performance.now() - start);
}

/** The longest frame while a word is typed, letter by letter. */
async function measureSearch(page: Page, note: (name: string, ms: number) => void): Promise<void> {
  await page.evaluate(`window.longest = 0; (() => {
    let last = performance.now();
    const look = (now) => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(look); };
    requestAnimationFrame(look);
  })()`);
  await page.getByLabel("Search and filter").pressSequentially("something", { delay: 120 });
  note("longest frame of a search", Number(await page.evaluate("window.longest")));
  await page.getByLabel("Search and filter").fill("");
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function readLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const decoder = new TextDecoder();
  for await (const chunk of stream.values({ preventCancel: true })) return decoder.decode(chunk).trim();
  throw new Error("todo web said nothing");
}

function report(figures: ReadonlyMap<string, readonly number[]>, chromiumVersion: string): void {
  const times = [...figures].map(([name, all]) => [name, `${median(all).toFixed(0)} ms`, String(all.length)]);
  const sizes = FILES.map((file) => [file, `${(statSync(`dist/web/${file}.br`).size / 1000).toFixed(1)} KB`]);
  const tables = [formatRows(["10,000 tasks", "median", "rounds"], times), formatRows(["file", "Brotli"], sizes)].join(
    "\n\n",
  );
  const run = describeRun(`bun run bench:web ${process.argv.slice(2).join(" ")}`, [`Chromium ${chromiumVersion}`]);
  console.log(`${run}\n\n${tables}`);
  if (process.argv.includes("--write")) writePage("the last run of the page", run, tables);
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
