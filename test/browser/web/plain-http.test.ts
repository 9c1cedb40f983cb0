import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";

// The page by plain http on another name than localhost, where browsers keep nothing: bun run test:browser

const HOST = "plain.example";

const { serve, open, admit } = useBrowser({
  hosts: [HOST],
  // Chromium says so of any page by plain http that has this header.
  expected: /^The Cross-Origin-Opener-Policy header has been ignored/,
});

test("by plain http the page says what to do instead, and keeps nothing", async () => {
  const server = await serve({ TODO_PUBLIC_URL: `http://${HOST}` });
  const plain = server.replace("127.0.0.1", HOST);
  admit(plain);
  const page = await open(plain);
  await page
    .getByText("Open this page by https or on localhost: over plain http a browser keeps nothing safely.")
    .waitFor();
  expect(await page.getByRole("button").count()).toBe(0);
  expect(await page.evaluate("indexedDB.databases()")).toEqual([]);
  expect(await page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length")).toBe(0);
  expect(await page.evaluate("'caches' in window || 'serviceWorker' in navigator")).toBe(false);
  expect(await page.context().cookies(plain)).toEqual([]);
});
