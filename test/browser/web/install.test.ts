import { expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, keptForOffline, openAlone, row } from "./on-page.ts";

// The page as an app of its own: bun run test:browser

const { serve, stop, open } = useBrowser({ expected: /ERR_CONNECTION_REFUSED/ });

type Manifest = { readonly start_url: string; readonly scope: string };

test("the page can be installed, and opens from its icon when there is no server any more", async () => {
  const origin = await serve({});
  const page = await open(origin);
  await openAlone(page);
  await add(page, "Pay rent");
  await row(page, "Pay rent").waitFor();
  await keptForOffline(page);
  const browser = await page.context().newCDPSession(page);
  expect((await browser.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
  const { url, data = "" } = await browser.send("Page.getAppManifest");
  const { start_url: start, scope }: Manifest = JSON.parse(data);
  expect(new URL(scope, url).href).toBe(`${origin}/`);

  await stop(origin);
  await page.close();
  const started = await open(new URL(start, url).href);
  await row(started, "Pay rent").waitFor();
});
