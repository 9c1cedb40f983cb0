import { afterAll, expect, test } from "bun:test";
import type { Page, Response } from "playwright-core";
import { useBrowser } from "../in-browser.ts";
import { newPerson, signUp } from "./on-page.ts";

// Pages of other origins, which a browser sends the cookie of the page for: bun run test:browser

const EVIL = "evil.example";
/** A name that is this machine's, over plain http: browsers send no Fetch Metadata there. */
const PLAIN = "plain.example";

const { serve, open, admit } = useBrowser({
  hosts: [EVIL, PLAIN],
  expected: /status of 4\d\d|blocked by CORS policy|ERR_FAILED/,
});

const others = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: () =>
    new globalThis.Response("<!doctype html><title>Another page</title>", { headers: { "content-type": "text/html" } }),
});
afterAll(() => others.stop(true));
/** Sites have no ports. */
const SAME_SITE = others.url.origin;
const CROSS_SITE = `http://${EVIL}:${others.port}`;
for (const origin of [SAME_SITE, CROSS_SITE]) admit(origin);

const ROUTES = ["login", "register", "refresh", "logout", "code"];

/** The status with which a server answers what a page makes the browser send to it. */
async function send(page: Page, url: string, script: string): Promise<number> {
  const isAnswer = (response: Response) => response.url() === url && response.request().method() === "POST";
  const [answer] = await Promise.all([page.waitForResponse(isAnswer), page.evaluate(script)]);
  return answer.status();
}

/** A request for which browsers do not ask the server before, with the cookies that they send along. */
function simpleRequest(url: string): string {
  return `fetch("${url}", { method: "POST", mode: "no-cors", credentials: "include", body: "{}" }).catch(() => {})`;
}

/** A form, which the browser leaves the page with. */
function form(url: string): string {
  return `(() => {
    const form = document.body.appendChild(document.createElement("form"));
    Object.assign(form, { method: "post", action: "${url}", enctype: "text/plain" }).submit();
  })()`;
}

test("a page of another origin gets at no session, whatever it makes the browser send", async () => {
  const server = await serve({ TODO_SIGNUP: "open", TODO_PUBLIC_URL: `http://${PLAIN}` });
  const plain = server.replace("127.0.0.1", PLAIN);
  admit(plain);
  const page = await open(server);
  await signUp(page, newPerson());

  for (const origin of [SAME_SITE, CROSS_SITE]) {
    const other = await open(origin);
    const statuses: number[] = [];
    for (const url of ROUTES.flatMap((route) => [server, plain].map((host) => `${host}/api/web/${route}`))) {
      statuses.push(await send(other, url, simpleRequest(url)));
    }
    expect(new Set(statuses)).toEqual(new Set([403]));
    const json = `fetch("${server}/api/web/refresh", { method: "POST", credentials: "include", body: "{}",
      headers: { "content-type": "application/json" } }).catch(({ message }) => message)`;
    expect(await other.evaluate<string>(json)).toBe("Failed to fetch");
    expect(await send(other, `${server}/api/web/logout`, form(`${server}/api/web/logout`))).toBe(403);
  }

  // The server's own page may ask, but not as a form does.
  const refresh = `${server}/api/web/refresh`;
  expect(await send(page, refresh, `fetch("${refresh}", { method: "POST", body: new URLSearchParams("a=b") })`)).toBe(
    415,
  );
  const [renewed] = await Promise.all([page.waitForResponse(refresh), page.reload()]);
  expect(renewed.status()).toBe(200);
});
