import { afterAll, expect, test } from "bun:test";
import { useBrowser } from "../in-browser.ts";
import { add, keptForOffline, openAlone, row } from "./on-page.ts";

// A newer version of the page on the same server: bun run test:browser

const { origin, admit, open } = useBrowser();

/** The name of the cache of a version, in the service worker. */
const CACHE = /todo-[0-9a-f]{16}/;
const NEWER = "todo-ffffffffffffffff";

let isNewer = false;
/** The server as it would be with a newer program, once that is so. */
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete("host");
    headers.set("accept-encoding", "identity");
    if (pathname.endsWith(".wasm")) return fetch(origin() + pathname, { headers });
    const answer = await fetch(origin() + pathname + search, { headers });
    const sent = new Headers(answer.headers);
    sent.delete("etag");
    const body = await answer.text();
    const isWorker = pathname === "/sw.js" && isNewer;
    sent.delete("content-length");
    return new Response(isWorker ? body.replace(CACHE, NEWER) : body, {
      status: answer.status,
      headers: sent,
    });
  },
});
admit(server.url.origin);
afterAll(() => server.stop(true));

test("a new version waits until the person agrees, and keeps their tasks", async () => {
  const page = await open(server.url.href);
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
  await page.waitForFunction(`caches.keys().then((names) => names.join() === "${NEWER}")`);
});
