import { expect, test } from "bun:test";
import { ALONE_ACCOUNT } from "../../../src/web/database-name.ts";
import type { SyncState } from "../../../src/web/protocol.ts";
import { useServedApis } from "../../support/server/served-api.ts";
import { createBrowser, createPage, type TestBrowser } from "./pages.ts";

const startApi = useServedApis();
const api = startApi({
  BETTER_AUTH_SECRET: "kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t",
  TODO_USER_LIMIT: "0",
  TODO_ADDRESS_LIMIT: "0",
});

const ALONE = { account: ALONE_ACCOUNT, user: "local", server: false };

/** A page without an account, in the browser of somebody who has one. */
async function openAlone(browser: TestBrowser) {
  const page = createPage({ ...browser, owner: ALONE });
  await page.open();
  return page;
}

async function openSigned(browser: TestBrowser) {
  const page = createPage(browser);
  await page.open();
  await page.ask("authorize", { token: await api.tokenOf(browser.owner.user) });
  await page.untilState("synced");
  return page;
}

function isUnsent(state: SyncState): boolean {
  return state.kind === "failed" && state.unsent === 1;
}

/** What a browser has without an account when that is opened anew. */
async function listTitles(browser: TestBrowser): Promise<string[]> {
  const page = await openAlone(browser);
  await page.whole();
  return page.titles();
}

test("what was done without an account goes with the person into one, to all devices, and leaves its own database", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const other = await openSigned({
    ...createBrowser({ server: api.url }),
    owner: { ...browser.owner, account: "other" },
  });
  await other.ask("add", { text: "Pay rent" });
  await other.ask("saveFilter", { name: "Home", text: "+home" });
  await other.ask("sync", null);

  const alone = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann +home due:2026-11-30\nWater the plants every:week due:2026-11-30" });
  await alone.ask("act", { ids: [...alone.tasks.keys()].slice(0, 1), action: "complete" });
  await alone.ask("saveFilter", { name: "Home", text: "project:House" });
  await alone.ask("saveFilter", { name: "Calls", text: "call" });
  const made = [...alone.tasks.values()].map(({ id, title, completedAt }) => ({ id, title, completedAt }));

  const page = await openSigned(browser);
  expect(await page.ask("adopt", null)).toEqual({ count: made.length });
  expect(page.titles()).toEqual(["Pay rent", ...made.map(({ title }) => title)].toSorted());
  expect(await listTitles(browser)).toEqual([]);
  const filters = await page.ask("filters", null);
  expect(filters.map(({ name, text }) => [name, text])).toEqual([
    ["Calls", "call"],
    ["Home", "+home"],
  ]);

  await page.ask("sync", null);
  await other.ask("sync", null);
  const arrived = [...other.tasks.values()].map(({ id, title, completedAt }) => ({ id, title, completedAt }));
  expect(arrived).toEqual(expect.arrayContaining(made));
});

test("what was brought without a network is sent when there is one", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const alone = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann" });
  const page = await openSigned(browser);
  browser.isOffline = true;
  await page.ask("adopt", null);
  await page.until(() => page.notices.some((notice) => notice.kind === "sync" && isUnsent(notice.state)));
  browser.isOffline = false;
  await page.ask("sync", null);
  expect(page.state()).toMatchObject({ kind: "synced", unsent: 0 });
});

test("nothing is brought along before the first sync, whose filters would be overwritten", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const alone = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann" });
  browser.isOffline = true;
  const page = createPage(browser);
  await page.open();
  expect(await page.refuse("adopt", null)).toMatchObject({ code: "unavailable" });
  expect(await listTitles(browser)).toEqual(["Call Ann"]);
});

test("what another page adds while all is brought along comes, too", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const alone = await openAlone(browser);
  await alone.ask("add", { text: "early" });
  let isAdopting = false;
  const withLock: TestBrowser["withLock"] = async (name, work) => {
    await browser.withLock(name, work);
    if (isAdopting) await alone.ask("add", { text: "late" });
    isAdopting = false;
  };
  const page = await openSigned({ ...browser, withLock });
  isAdopting = true;
  await page.ask("adopt", null);
  expect(page.titles()).toEqual(["early", "late"]);
});

test("a filter comes along also where the account has removed one of its name", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const page = await openSigned(browser);
  await page.ask("saveFilter", { name: "Home", text: "+home" });
  await page.ask("removeFilter", { name: "Home" });
  const alone = await openAlone(browser);
  await alone.ask("saveFilter", { name: "home", text: "project:House" });
  await page.ask("adopt", null);
  expect(await page.ask("filters", null)).toMatchObject([{ name: "home", text: "project:House" }]);
});

test("a try that is cut off loses nothing, also for who signs in as somebody else then", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const alone = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann" });
  let isAdopting = false;
  const cutOff: TestBrowser["withLock"] = async (name, work) => {
    await browser.withLock(name, work);
    if (isAdopting) throw new Error("cut off");
  };
  const page = await openSigned({ ...browser, withLock: cutOff });
  isAdopting = true;
  await page.refuse("adopt", null);
  await page.ask("remove", null);
  const other = await openSigned({ ...browser, owner: { account: "other", user: crypto.randomUUID(), server: true } });
  expect(await other.ask("adopt", null)).toEqual({ count: 1 });
  expect(other.titles()).toEqual(["Call Ann"]);
});
