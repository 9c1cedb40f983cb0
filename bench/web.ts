/**
 * Measures the page in Chromium on accounts of 10,000 and 100,000 tasks: `bun run bench:web [ROUNDS] [--tasks N] [--write]`. The built
 * program serves it. Each round has a browser that knows nothing. Times are what a person sees: from what is pressed to what is drawn.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { findBinary } from "../test/support/cli/binary.ts";
import { stopChildren } from "./children.ts";
import { describeRun, formatRows, writePage } from "./page.ts";
import { runBench } from "./run.ts";
import { type Account, openAccount } from "./web/account.ts";
import { startBrowser } from "./web/browser.ts";
import { createFigures, type Note } from "./web/figures.ts";
import { measureFirstVisit } from "./web/lighthouse.ts";
import * as steps from "./web/steps.ts";

const SIZES = ["10000", "100000"];
const ROUNDS = 3;
/** The worker keeps the first rows two seconds behind the last change. */
const REST_MS = 4000;
const FILES = ["main.js", "style.css", "worker.js", "sqlite3.wasm"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tasks: { type: "string", multiple: true }, write: { type: "boolean", default: false } },
});
const rounds = Number(positionals[0] ?? ROUNDS);

await runBench("web", async (folder) => {
  findBinary();
  const tables: string[] = [];
  let visited = "";
  for (const size of (values.tasks ?? SIZES).map(Number)) {
    console.error(`${size} tasks …`);
    const figures = createFigures(size);
    const account = await openAccount(folder, size);
    for (let round = 0; round < rounds; round += 1) await measureRound(folder, account, figures.note);
    tables.push(figures.format());
    visited ||= await measureFirstVisit(account.url);
    await stopChildren();
  }
  report([...tables, visited, formatSizes()].join("\n\n"), await readVersion(folder));
});

async function measureRound(folder: string, account: Account, note: Note): Promise<void> {
  const profile = mkdtempSync(`${folder}/profile-`);
  const first = await startBrowser(profile);
  let page = await first.newPage();
  await steps.measureSignIn(page, account, note);
  await page.waitForTimeout(REST_MS);
  await steps.measureReload(page, account, note);
  await page.waitForTimeout(REST_MS);
  await first.close();
  const second = await startBrowser(profile);
  page = await second.newPage();
  await steps.measureStart(page, account, note);
  await page.waitForTimeout(REST_MS);
  await steps.measureAdding(page, account, note);
  await steps.measureSearch(page, note);
  await steps.measureScrolling(page, note);
  await page.waitForTimeout(REST_MS);
  await steps.measureOffline(page, note);
  await second.close();
  rmSync(profile, { recursive: true, force: true });
}

async function readVersion(folder: string): Promise<string> {
  const context = await startBrowser(mkdtempSync(`${folder}/profile-`));
  const version = context.browser()?.version() ?? "";
  await context.close();
  return `Chromium ${version}`;
}

function formatSizes(): string {
  return formatRows(
    ["file", "Brotli"],
    FILES.map((file) => [file, `${(statSync(`dist/web/${file}.br`).size / 1000).toFixed(1)} KB`]),
  );
}

function report(tables: string, version: string): void {
  const run = describeRun(`bun run bench:web ${process.argv.slice(2).join(" ")}`, [version]);
  console.log(`${run}\n\n${tables}`);
  if (values.write) writePage("the last run of the page", run, tables);
}
