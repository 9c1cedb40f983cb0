import { expect, test } from "bun:test";
import { openBrowserDatabase } from "../../../src/db/browser/database.ts";
import { shareSqlite } from "../../support/browser/databases.ts";
import { useFaultyServers } from "../../support/server/faulty-servers.ts";
import { useServedApis } from "../../support/server/served-api.ts";
import { createBrowser, createPage, type TestBrowser } from "./pages.ts";

const ENV = {
  BETTER_AUTH_SECRET: "kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t",
  TODO_USER_LIMIT: "0",
  TODO_ADDRESS_LIMIT: "0",
};
const { answering } = useFaultyServers();
const startApi = useServedApis();
const api = startApi(ENV);

/** A browser of somebody who is new on the server, or of somebody who has others. */
function createDevice(user: string = crypto.randomUUID(), { url } = api): TestBrowser {
  return createBrowser({ server: url, user });
}

async function openSigned(browser: TestBrowser, { tokenOf } = api, now = Date.now) {
  const page = createPage(browser, now);
  await page.open();
  await page.ask("authorize", { token: await tokenOf(browser.owner.user) });
  await page.untilState("synced");
  return page;
}

test("what is added in one browser arrives in another one without being asked for", async () => {
  const device = createDevice();
  const [one, other] = [await openSigned(device), await openSigned(createDevice(device.owner.user))];
  await one.ask("add", { text: "Pay rent" });
  await other.until(() => other.titles().includes("Pay rent"));
  await other.untilState("synced");
  expect(other.state()).toMatchObject({ unsent: 0, refused: 0 });
});

test("a new browser fills its list with all there is on the server, and says how far it is", async () => {
  const device = createDevice();
  const one = await openSigned(device);
  await one.ask("add", { text: Array.from({ length: 600 }, (_, at) => `task ${at}`).join("\n") });
  await one.ask("sync", null);
  const other = await openSigned(createDevice(device.owner.user));
  await other.until(() => other.tasks.size === 600);
  const states = other.notices.flatMap((notice) => (notice.kind === "sync" ? [notice.state] : []));
  expect(states).toContainEqual({ kind: "syncing", received: 600, isFirst: true });
  // What was held is kept: it is there when the page is loaded again, without a network.
  const again = createPage(other.browser);
  other.browser.isOffline = true;
  await again.open();
  await again.whole();
  expect(again.tasks.size).toBe(600);
});

test("without a network all goes on, and what is unsent is counted and sent later", async () => {
  const device = createDevice();
  // A sync may succeed in the millisecond in which the one before has failed.
  const now = Date.now();
  const one = await openSigned(device, api, () => now);
  const other = await openSigned(createDevice(device.owner.user));
  device.isOffline = true;
  await one.ask("add", { text: "Pay rent\nCall Ann" });
  await one.untilState("failed");
  expect(one.state()).toMatchObject({ code: "unavailable", unsent: 2 });
  device.isOffline = false;
  await one.ask("sync", null);
  expect(one.state()).toMatchObject({ kind: "synced", unsent: 0 });
  await other.until(() => other.titles().length === 2);
});

test("a page whose clock was set back since it has synced still says that it has no network", async () => {
  const device = createDevice();
  const clock = { aheadMs: 3_600_000 };
  const page = await openSigned(device, api, () => Date.now() + clock.aheadMs);
  clock.aheadMs = 0;
  device.isOffline = true;
  await page.ask("add", { text: "Pay rent" });
  await page.untilState("failed");
  expect(page.state()).toMatchObject({ code: "unavailable", unsent: 1 });
});

test("a page that starts without a network counts what is unsent, and asks for a token", async () => {
  const device = createDevice();
  await openSigned(device);
  device.isOffline = true;
  const page = createPage(device);
  await page.open();
  expect(page.state()).toMatchObject({ kind: "synced", unsent: 0 });
  await page.ask("add", { text: "Pay rent" });
  await page.untilState("failed");
  expect(page.state()).toMatchObject({ code: "unavailable", unsent: 1 });
  expect(page.notices).toContainEqual({ kind: "token" });
});

test("what the server refuses is counted and told, with the task that it is about", async () => {
  const device = createDevice();
  const page = await openSigned(device);
  const { ids } = await page.ask("add", { text: "Pay rent" });
  await page.ask("sync", null);
  const [id = ""] = ids;
  const { store } = await openBrowserDatabase(`todo:${device.owner.account}`, {
    indexedDB: device.indexedDB,
    sqlite: shareSqlite(),
  });
  await store.commit("local", { action: "edit", now: Date.now(), edits: [{ id, fields: { priority: "urgent" } }] });
  await page.ask("sync", null);
  expect(page.state()).toMatchObject({ kind: "synced", refused: 1 });
  expect(await page.ask("refused", null)).toEqual([
    { id, field: "priority", message: expect.stringContaining("urgent"), title: "Pay rent" },
  ]);
});

test("a sync for which somebody has no space is tried again by itself", async () => {
  let isFull = true;
  const { origin } = answering((request) => {
    const { pathname } = new URL(request.url);
    // Without hints nothing else makes it sync.
    if (pathname === "/api/sync/events") return new Promise(() => {});
    if (!isFull) return fetch(new Request(`${api.url}${pathname}`, request));
    isFull = false;
    return Response.json({ code: "full_disk", detail: "The store is full." }, { status: 503 });
  });
  const device = createDevice("ann", { ...api, url: origin });
  const page = createPage(device);
  await page.open();
  await page.ask("authorize", { token: await api.tokenOf("ann") });
  await page.untilState("failed");
  expect(page.state()).toMatchObject({ code: "full_disk" });
  await page.untilState("synced");
});

test("a token that has run out is asked for again, and syncing goes on with the new one", async () => {
  const own = startApi(ENV);
  const device = createDevice("ada", own);
  const page = await openSigned(device, own);
  own.clock.ahead = 2 * 3_600_000;
  await page.ask("add", { text: "Pay rent" });
  await page.untilState("failed");
  expect(page.state()).toMatchObject({ code: "token_expired", unsent: 1 });
  await page.until(() => page.notices.some(({ kind }) => kind === "token"));
  await page.ask("authorize", { token: await own.tokenOf("ada") });
  await page.untilState("synced");
  expect(page.state()).toMatchObject({ unsent: 0 });
});

test("the token of somebody else brings nothing", async () => {
  const device = createDevice("ada");
  const page = createPage(device);
  await page.open();
  await page.ask("authorize", { token: await api.tokenOf("bob") });
  await page.untilState("failed");
  expect(page.state()).toMatchObject({ code: "account_mismatch" });
});

test("of two pages of one browser both show what one of them has synced", async () => {
  const device = createDevice();
  const [one, other] = [await openSigned(device), createPage(device)];
  await other.open();
  await one.ask("add", { text: "Pay rent" });
  await other.until(() => other.titles().includes("Pay rent"));
  await one.ask("sync", null);
  await other.until(() => {
    const state = other.state();
    return state?.kind === "synced" && state.unsent === 0;
  });
});

test("a page that can't sync is told when another page of the browser has", async () => {
  const device = createDevice();
  const [one, other] = [await openSigned(device), createPage(device)];
  await other.open();
  await other.ask("add", { text: "Pay rent" });
  await other.untilState("failed");
  await one.ask("sync", null);
  await other.untilState("synced");
  expect(other.state()).toMatchObject({ unsent: 0 });
});

test("of an edit that a later one elsewhere took the place of, the page is told, and it can be put back", async () => {
  const device = createDevice();
  const [one, other] = [await openSigned(device), await openSigned(createDevice(device.owner.user))];
  const { ids } = await one.ask("add", { text: "Pay rent" });
  const [id = ""] = ids;
  await other.until(() => other.tasks.has(id));
  device.isOffline = true;
  await one.ask("patch", { ids, patch: { title: "Mine" } });
  await Bun.sleep(2);
  await other.ask("patch", { ids, patch: { title: "Theirs" } });
  await other.ask("sync", null);
  device.isOffline = false;
  await one.ask("sync", null);
  const [entry] = await one.ask("log", { id, limit: 1 });
  const [title] = entry?.changes ?? [];
  expect(title).toMatchObject({ field: "title", before: "Mine", after: "Theirs", replacedOwn: true });
  const notice = one.notices.find(({ kind }) => kind === "overruled");
  expect(notice).toMatchObject({ count: 1 });
  await one.ask("putBack", { id, values: { title: title?.old ?? null } });
  await one.ask("sync", null);
  await other.until(() => other.titles().includes("Mine"));
});
