import { afterAll, expect, test } from "bun:test";
import { useBrowser } from "./in-browser.ts";

// A page of another origin in a real browser, which asks before each call whether it may: bun run test:browser

const { todo, serve, admit, open } = useBrowser({ expected: /status of 405|blocked by CORS policy|ERR_FAILED/ });

const frontEnd = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: () => new Response("<!doctype html><title>Front end</title>", { headers: { "content-type": "text/html" } }),
});
admit(frontEnd.url.origin);
afterAll(() => frontEnd.stop(true));

/** What clients and tracers send along, whatever the page's author wanted. */
const HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-cache",
  "idempotency-key": "1",
  "x-requested-with": "XMLHttpRequest",
  baggage: "sentry-release=1",
  "sentry-trace": "00000000000000000000000000000001-0000000000000001-1",
  traceparent: "00-00000000000000000000000000000001-0000000000000001-01",
};

/** Calls the API from the page, with credentials, and answers what the page may read. */
const CALLS = `async ({ api, headers }) => {
  const call = async (method, path, body) => {
    const init = { method, headers, credentials: "include", ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(api + path, init);
    const text = await response.text();
    const read = (name) => response.headers.get(name);
    return { status: response.status, allow: read("allow"), disposition: read("content-disposition"), text };
  };
  const made = await call("POST", "/api/tasks", { title: "Milk" });
  const task = JSON.parse(made.text);
  const put = await call("PUT", "/api/tasks/" + task.id, { ...task, title: "Bread" });
  return [made, put, await call("GET", "/api/me/export"), await call("PUT", "/api/me", {})];
}`;

test("a page of a listed origin can call with credentials and the headers of tracers, and reads the answers", async () => {
  const { origin } = frontEnd.url;
  const api = await serve({ TODO_CORS_ORIGINS: origin });
  const page = await open(origin);
  const headers = { ...HEADERS, authorization: `Bearer ${todo("auth", "token", "--local").trim()}` };
  const replies = await page.evaluate(`(${CALLS})(${JSON.stringify({ api, headers })})`);
  expect(replies).toMatchObject([
    { status: 201 },
    { status: 200, text: expect.stringContaining('"title":"Bread"') },
    { status: 200, disposition: expect.stringContaining("todo-tasks.json") },
    { status: 405, allow: "DELETE, GET, HEAD" },
  ]);
}, 60_000);

test("a page of another origin reads nothing", async () => {
  const api = await serve({ TODO_CORS_ORIGINS: "https://app.example.com" });
  const page = await open(frontEnd.url.origin);
  const headers = { authorization: `Bearer ${todo("auth", "token", "--local").trim()}` };
  const call = page.evaluate(`(${CALLS})(${JSON.stringify({ api, headers })})`);
  expect(await call.catch((error: Error) => error.message)).toContain("Failed to fetch");
}, 60_000);
