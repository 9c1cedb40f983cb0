import { afterAll, test } from "bun:test";
import type { Browser } from "./browser.ts";
import { walkOffline } from "./walk.ts";
import { openWebKit } from "./webkit.ts";

// In the engine of Safari: bun run test:webkit

const opened: Browser[] = [];
afterAll(() => Promise.all(opened.map((browser) => browser.close())));

test("in WebKit a person signs up, plans without the server, and finds all of it there when it is back", async () => {
  const browser = await openWebKit();
  opened.push(browser);
  await walkOffline(browser);
});
