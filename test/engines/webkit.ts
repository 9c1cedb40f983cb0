import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./served.ts";
import type { Browser } from "./browser.ts";

// WebKitGTK has the engine of Safari. Debian has it with a driver that speaks plain WebDriver (https://www.w3.org/TR/webdriver2/).

const MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
/** How WebDriver names a reference to an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const ENTER = "\uE007";
const FIND_TIMEOUT_MS = 30_000;

/** WebKitGTK on a screen of its own. */
export async function openWebKit(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), "todo-webkit-"));
  const port = findFreePort();
  const screen = Bun.spawn(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24"], {
    stdout: "pipe",
    stderr: "ignore",
  });
  const driver = Bun.spawn(["WebKitWebDriver", `--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: `:${await readLine(screen.stdout)}`,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CACHE_HOME: folder,
      TMPDIR: folder,
    },
    stdout: "ignore",
    stderr: "ignore",
  });
  const options = { binary: MINI_BROWSER, args: ["--automation"] };
  const created = await retry(() =>
    call(port, "POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } }),
  );
  const session = `/session/${created.sessionId}`;
  const ask = (method: string, path: string, body?: object) => call(port, method, session + path, body);
  await ask("POST", "/timeouts", { implicit: FIND_TIMEOUT_MS });
  const find = async (selector: string) => {
    const found = await ask("POST", "/element", { using: "css selector", value: selector });
    return `/element/${found[ELEMENT]}`;
  };
  const type = async (selector: string, text: string) => {
    const field = await find(selector);
    await ask("POST", `${field}/clear`, {});
    await ask("POST", `${field}/value`, { text });
  };
  return {
    open: async (url) => ask("POST", "/url", { url }),
    reload: async () => ask("POST", "/refresh", {}),
    back: async () => ask("POST", "/back", {}),
    forward: async () => ask("POST", "/forward", {}),
    click: async (selector) => ask("POST", `${await find(selector)}/click`, {}),
    type,
    enter: (selector, text) => type(selector, text + ENTER),
    text: async () => ask("POST", "/execute/sync", { script: "return document.body.innerText", args: [] }),
    // A window that is driven is a private one.
    restart: null,
    close: async () => {
      await ask("DELETE", "").catch(() => {});
      driver.kill();
      screen.kill();
      await Promise.all([driver.exited, screen.exited]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function call(port: number, method: string, path: string, body?: object) {
  const init = { method, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  const { value } = JSON.parse(await response.text());
  if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** The first line that a program says. */
async function readLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    if (said.includes("\n")) break;
  }
  return said.split("\n", 1)[0] ?? "";
}

/** The driver takes a moment to listen. */
async function retry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 50) throw error;
      await Bun.sleep(200);
    }
  }
}
