import { afterEach, describe, test } from "bun:test";
import type { Browser } from "./browser.ts";
import { openFirefox } from "./firefox.ts";
import { walkBackAndForth, walkOffline } from "./walk.ts";

// In Firefox ESR: bun run test:firefox

let browser: Browser | undefined;
afterEach(() => browser?.close());

describe.each([
  { window: "a window", isPrivate: false },
  { window: "a private window", isPrivate: true },
])("in $window of Firefox", ({ isPrivate }) => {
  test("a person signs up, plans without the server, and finds all of it there when it is back", async () => {
    browser = await openFirefox({ isPrivate });
    await walkOffline(browser);
  });

  test("a person who leaves the page and comes back again and again is always synced", async () => {
    browser = await openFirefox({ isPrivate });
    await walkBackAndForth(browser);
  });
});
