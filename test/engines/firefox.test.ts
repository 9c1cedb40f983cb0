import { afterAll, describe, test } from "bun:test";
import type { Browser } from "./browser.ts";
import { openFirefox } from "./firefox.ts";
import { walkOffline } from "./walk.ts";

// In Firefox ESR: bun run test:firefox

const opened: Browser[] = [];
afterAll(() => Promise.all(opened.map((browser) => browser.close())));

describe.each([
  { window: "a window", isPrivate: false },
  { window: "a private window", isPrivate: true },
])("in $window of Firefox", ({ isPrivate }) => {
  test("a person signs up, plans without the server, and finds all of it there when it is back", async () => {
    const browser = await openFirefox({ isPrivate });
    opened.push(browser);
    await walkOffline(browser);
  });
});
