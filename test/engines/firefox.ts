import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "puppeteer-core";
import type { Browser } from "./browser.ts";

const STEP_TIMEOUT_MS = 30_000;

/** Firefox, by WebDriver BiDi. `isPrivate`: a private window, in which nothing is kept that was not there before. */
export async function openFirefox({ isPrivate }: { readonly isPrivate: boolean }): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), "todo-firefox-"));
  const start = async () => {
    const browser = await launch({
      browser: "firefox",
      executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
      headless: true,
      userDataDir: folder,
      extraPrefsFirefox: { "browser.privatebrowsing.autostart": isPrivate },
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(STEP_TIMEOUT_MS);
    return { browser, page };
  };
  let { browser, page } = await start();
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // A page that was kept loads nothing, for which the driver would wait.
    back: async () => void (await page.evaluate("setTimeout(() => history.back())")),
    forward: async () => void (await page.evaluate("setTimeout(() => history.forward())")),
    click: async (selector) => page.locator(selector).click(),
    type: async (selector, text) => page.locator(selector).fill(text),
    enter: async (selector, text) => {
      await page.locator(selector).fill(text);
      await page.keyboard.press("Enter");
    },
    text: () => page.evaluate("document.body?.innerText").then(String),
    restart: isPrivate
      ? null
      : async () => {
          await browser.close();
          ({ browser, page } = await start());
        },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
