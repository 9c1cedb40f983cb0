import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { useBrowser } from "./in-browser.ts";

// Signs in to the page in a real browser, which is not everywhere: bun run test:browser

const { open } = useBrowser({ settings: { TODO_SIGNUP: "open" }, expected: /status of 40[13]/ });

type Answer = { readonly status: number; readonly account?: string };

/** Asks a route of the page, as its scripts do. */
function post(page: Page, path: string, json: unknown): Promise<Answer> {
  return page.evaluate(`(async () => {
    const headers = { "content-type": "application/json" };
    const body = ${JSON.stringify(JSON.stringify(json))};
    const response = await fetch("api/web/${path}", { method: "POST", headers, body });
    return { status: response.status, account: response.status < 300 && response.status !== 204 ? (await response.json()).account : undefined };
  })()`);
}

test("who is signed in stays so after a reload, and no script sees why", async () => {
  const page = await open("/");
  const credentials = { email: "ada@example.com", password: "seven tall green lamps" };
  const { status, account } = await post(page, "register", credentials);
  expect([status, account]).toEqual([201, expect.stringMatching(/^acct_/)]);
  expect(await page.evaluate("document.cookie")).toBe("");
  const [cookie, ...others] = await page.context().cookies();
  expect([cookie?.httpOnly, cookie?.sameSite, cookie?.path, others]).toEqual([true, "Strict", "/", []]);
  await page.reload();
  expect((await post(page, "refresh", { account })).status).toBe(200);
  expect((await post(page, "logout", { account })).status).toBe(204);
  expect(await page.context().cookies()).toEqual([]);
  expect((await post(page, "refresh", { account })).status).toBe(401);
});
