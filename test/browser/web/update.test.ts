import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, holds, keptForOffline, openAlone, row } from "./on-page.ts";
import { rewrite, useProxies } from "./proxy.ts";

// A newer version of the page on the same server: bun run test:browser

const { origin, admit, open } = useBrowser();
const startProxy = useProxies();

/** The name of the cache of a version, in the service worker. */
const CACHE = /todo-[0-9a-f]{16}/;
const NEWER = "todo-ffffffffffffffff";

test("a new version waits until the person agrees, and keeps their tasks", async () => {
  let isNewer = false;
  const server = startProxy(origin(), async ({ url }, pass) => {
    if (!url.endsWith("/sw.js")) return pass();
    return rewrite(await pass(), (text) => (isNewer ? text.replace(CACHE, NEWER) : text));
  });
  admit(server);
  const page = await open(server);
  await openAlone(page);
  await add(page, "Pay rent due:friday");
  await row(page, "Pay rent").waitFor();
  await keptForOffline(page);
  const [before] = JSON.parse(await page.evaluate("caches.keys().then(JSON.stringify)"));

  isNewer = true;
  await page.reload();
  await page.getByText("A new version").waitFor();
  expect(JSON.parse(await page.evaluate("caches.keys().then(JSON.stringify)"))).toContain(before);
  await page.getByRole("button", { name: "Reload" }).click();
  await row(page, "Pay rent").waitFor();
  await holds(page, `caches.keys().then((names) => names.join() === "${NEWER}")`);
});
