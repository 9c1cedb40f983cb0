import { afterEach, test } from "bun:test";
import type { Browser } from "./browser.ts";
import { walkBackAndForth, walkOffline } from "./walk.ts";
import { openWebKit } from "./webkit.ts";

// In the engine of Safari: bun run test:webkit

let browser: Browser | undefined;
afterEach(() => browser?.close());

test("in WebKit a person signs up, plans without the server, and finds all of it there when it is back", async () => {
  browser = await openWebKit();
  await walkOffline(browser);
});

test("in WebKit a person who leaves the page and comes back again and again is always synced", async () => {
  browser = await openWebKit();
  await walkBackAndForth(browser);
});
