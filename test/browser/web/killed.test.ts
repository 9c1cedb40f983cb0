import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { add } from "./on-page.ts";

// A browser that is killed while pages write: bun run test:browser

const { origin } = useBrowser({ expected: /status of 40[13]/ });

const KILLS = 3;
const WRITING_MS = 1500;

const profile = mkdtempSync(join(tmpdir(), "todo-killed-"));
const started = new Set<ReturnType<typeof Bun.spawn>>();
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await Promise.all([...started].map(({ exited }) => exited));
  rmSync(profile, { recursive: true, force: true });
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
    { stdout: "ignore", stderr: "pipe", env: { PATH: process.env["PATH"] ?? "", HOME: profile } },
  );
  started.add(child);
  const browser = await chromium.connectOverCDP(await readAddress(child.stderr));
  const [context] = browser.contexts();
  if (!context) throw new Error("the browser has no window");
  return {
    open: async () => {
      const page = await context.newPage();
      await page.goto(`${origin()}/`);
      // Who uses the page is in another store of the browser, which may be some seconds behind when it is killed.
      const door = page.getByRole("button", { name: "Use it without an account" });
      await door.or(page.getByLabel("Add a task")).first().waitFor();
      if (await door.isVisible()) await door.click();
      await page.getByLabel("Add a task").waitFor();
      return page;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
      // What it had started ends a moment later, and keeps the profile until then.
      await Bun.sleep(500);
      rmSync(join(profile, "SingletonLock"), { force: true });
    },
  };
}

async function readAddress(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`the browser did not start: ${said}`);
}

/** Adds one task after another until the browser is gone, and notes each that was said to be added. */
async function keepAdding(page: Page, name: string, shown: string[]): Promise<void> {
  try {
    for (let at = 1; ; at += 1) {
      const title = `${name} ${at}.`;
      await add(page, title);
      await page.getByRole("status").getByText(`Added “${title}”`).waitFor();
      shown.push(title);
    }
  } catch {
    // The browser was killed.
  }
}

test("of a browser that is killed while two tabs write, every task that was said to be added is there", async () => {
  const shown: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const browser = await startBrowser();
    const first = await browser.open();
    const second = await browser.open();
    const writing = Promise.all([
      keepAdding(first, `One of ${kill}`, shown),
      keepAdding(second, `Two of ${kill}`, shown),
    ]);
    await Bun.sleep(WRITING_MS);
    await browser.kill();
    await writing;
  }
  expect(shown.length).toBeGreaterThan(KILLS);
  const browser = await startBrowser();
  const page = await browser.open();
  const listed = () => page.getByText(/^\d+ tasks?$/).innerText();
  await page.getByRole("listitem").first().waitFor();
  for (const title of shown) {
    await page.getByLabel("Search and filter").fill(`"${title}"`);
    await page.getByText("1 task", { exact: true }).waitFor();
  }
  expect(await listed()).toBe("1 task");
  await browser.kill();
}, 120_000);
