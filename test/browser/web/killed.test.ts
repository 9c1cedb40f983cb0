import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add, openAlone, saveDatabase } from "./on-page.ts";

// A browser that is killed while pages write: bun run test:browser

const { origin, todo } = useBrowser({ expected: /status of 40[13]/ });

const KILLS = 10;
/** Tasks that are said to be added before a kill. */
const MIN_ADDED = 10;

const folder = mkdtempSync(join(tmpdir(), "todo-killed-"));
const profile = join(folder, "profile");
const started = new Set<ReturnType<typeof Bun.spawn>>();
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await Promise.all([...started].map(({ exited }) => exited));
  rmSync(folder, { recursive: true, force: true });
});

/** A browser that can be killed as the system kills one: at once, with all that it had not written. */
async function startBrowser() {
  const child = Bun.spawn(
    [
      process.env["CHROMIUM"] || "/usr/bin/chromium",
      "--headless=new",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "about:blank",
    ],
    { stdout: "ignore", stderr: "pipe", env: { PATH: process.env["PATH"] ?? "", HOME: folder } },
  );
  started.add(child);
  const { address, ended } = readOutput(child.stderr);
  const browser = await chromium.connectOverCDP(await address);
  const [context] = browser.contexts();
  if (!context) throw new Error("the browser has no window");
  return {
    open: async () => {
      const page = await context.newPage();
      await page.goto(`${origin()}/`);
      // Who uses the page is in another store of the browser, which may be some seconds behind when it is killed.
      const door = page.getByRole("button", { name: "Use it without an account" });
      await door.or(page.getByLabel("Add a task")).first().waitFor();
      if (await door.isVisible()) await openAlone(page);
      await page.getByLabel("Add a task").waitFor();
      return page;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
      await ended;
      rmSync(join(profile, "SingletonLock"), { force: true });
    },
  };
}

/** Where a browser listens, and the end of all processes that it had started: these keep its profile, and have its output. */
function readOutput(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const address = Promise.withResolvers<string>();
  const read = async () => {
    let said = "";
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      said += decoder.decode(chunk, { stream: true });
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) address.resolve(found);
    }
    address.reject(new Error(`the browser did not start: ${said}`));
  };
  return { address: address.promise, ended: read() };
}

/** Adds one task after another until the page is gone, and notes each that was said to be added. */
async function keepAdding(page: Page, name: string, note: (title: string) => void): Promise<void> {
  try {
    for (let at = 1; ; at += 1) {
      const title = `${name} ${at}.`;
      await add(page, title);
      await page.getByRole("status").getByText(`Added “${title}”`).waitFor();
      note(title);
    }
  } catch (error) {
    // The browser was killed.
    if (!page.isClosed()) throw error;
  }
}

/** Lets two tabs add tasks, and kills their browser at the moment when another one is said to be added. */
async function killWhileAdding(kill: number): Promise<string[]> {
  const shown: string[] = [];
  const isEnough = Promise.withResolvers<void>();
  const note = (title: string) => {
    shown.push(title);
    if (shown.length === MIN_ADDED + kill) isEnough.resolve();
  };
  const browser = await startBrowser();
  const [first, second] = [await browser.open(), await browser.open()];
  const adding = Promise.all([keepAdding(first, `One of ${kill}`, note), keepAdding(second, `Two of ${kill}`, note)]);
  await Promise.race([isEnough.promise, adding]);
  await browser.kill();
  await adding;
  return shown;
}

test("of a browser that is killed while two tabs write, every task that was said to be added is there", async () => {
  const shown: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) shown.push(...(await killWhileAdding(kill)));
  const browser = await startBrowser();
  const page = await browser.open();
  const path = join(folder, "saved.db");
  await page.goto(`${origin()}/#/settings`);
  await saveDatabase(page, path);
  expect(todo("--db", path, "doctor")).toContain("sound");
  const kept: readonly { readonly title: string }[] = JSON.parse(todo("--db", path, "list", "--json"));
  const titles = new Set(kept.map(({ title }) => title));
  expect(shown.filter((title) => !titles.has(title))).toEqual([]);

  await page.goto(`${origin()}/#/all`);
  await page.getByText(`${kept.length} tasks`, { exact: true }).waitFor();
  await browser.kill();
}, 120_000);
