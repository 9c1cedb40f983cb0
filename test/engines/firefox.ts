import { launch } from "puppeteer-core";
import type { Browser } from "./browser.ts";

const STEP_TIMEOUT_MS = 30_000;

/** Firefox, by WebDriver BiDi. `isPrivate`: a private window, in which nothing is kept that was not there before. */
export async function openFirefox({ isPrivate }: { readonly isPrivate: boolean }): Promise<Browser> {
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
    headless: true,
    extraPrefsFirefox: { "browser.privatebrowsing.autostart": isPrivate },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    click: async (selector) => page.locator(selector).click(),
    type: async (selector, text) => page.locator(selector).fill(text),
    enter: async (selector, text) => {
      await page.locator(selector).fill(text);
      await page.keyboard.press("Enter");
    },
    text: () => page.evaluate("document.body.innerText").then(String),
    close: () => browser.close(),
  };
}
