import { expect, test } from "bun:test";
import type { SyncState } from "../../../src/web/protocol.ts";
import { useServedApis } from "../../support/server/served-api.ts";
import { createBrowser, createPage, type TestBrowser } from "./pages.ts";

const startApi = useServedApis();
const api = startApi({
  BETTER_AUTH_SECRET: "kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t",
  TODO_USER_LIMIT: "0",
  TODO_ADDRESS_LIMIT: "0",
});

/** A page without an account, in the browser of somebody who has one. */
async function openAlone({ indexedDB, withLock }: TestBrowser) {
  const browser = { ...createBrowser(), indexedDB, withLock };
  const page = createPage(browser);
  await page.open();
  return { page, from: browser.owner.account };
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

/** What a database of this browser has when it is opened anew. */
async function listTitles(browser: TestBrowser, account: string): Promise<string[]> {
  const page = createPage({ ...browser, isOffline: true, owner: { account, user: "local", server: false } });
  await page.open();
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

  const { page: alone, from } = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann +home due:2026-11-30\nWater the plants every:week due:2026-11-30" });
  await alone.ask("act", { ids: [...alone.tasks.keys()].slice(0, 1), action: "complete" });
  await alone.ask("saveFilter", { name: "Home", text: "project:House" });
  await alone.ask("saveFilter", { name: "Calls", text: "call" });
  const made = [...alone.tasks.values()].map(({ id, title, completedAt }) => ({ id, title, completedAt }));

  const page = await openSigned(browser);
  expect(await page.ask("adopt", { from })).toEqual({ count: made.length });
  expect(page.titles()).toEqual(["Pay rent", ...made.map(({ title }) => title)].toSorted());
  expect(await listTitles(browser, from)).toEqual([]);
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
  const { page: alone, from } = await openAlone(browser);
  await alone.ask("add", { text: "Call Ann" });
  const page = await openSigned(browser);
  browser.isOffline = true;
  await page.ask("adopt", { from });
  await page.until(() => page.notices.some((notice) => notice.kind === "sync" && isUnsent(notice.state)));
  browser.isOffline = false;
  await page.ask("sync", null);
  expect(page.state()).toMatchObject({ kind: "synced", unsent: 0 });
});

test("a database that follows another account is not taken over, and stays as it is", async () => {
  const browser = createBrowser({ server: api.url, user: crypto.randomUUID() });
  const stranger = { ...browser, owner: { ...browser.owner, account: "stranger", user: "stranger" } };
  const theirs = await openSigned(stranger);
  await theirs.ask("add", { text: "Not mine" });
  const page = await openSigned(browser);
  expect(await page.refuse("adopt", { from: "stranger" })).toMatchObject({ code: "account_mismatch" });
  expect(page.titles()).toEqual([]);
  expect(await listTitles(browser, "stranger")).toEqual(["Not mine"]);
});
