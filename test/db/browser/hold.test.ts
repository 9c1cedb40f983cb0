import { describe, expect, test } from "bun:test";
import { createTestBrowser } from "../../support/browser/databases.ts";
import { createFaultyIndexedDb } from "../../support/browser/faulty-indexed-db.ts";
import { refusalOf } from "../../support/errors.ts";
import { BREAD, clockAt, MILK, NOW, OWNER, SERVER } from "../../support/sync/replica.ts";

/** A page whose first sync is held, and one page of it that has come. */
async function openHeld() {
  const faulty = createFaultyIndexedDb();
  const browser = createTestBrowser({ indexedDB: faulty.indexedDB });
  const page = await browser.open();
  const replica = page.openReplica(OWNER);
  await replica.bind(SERVER);
  await page.hold();
  const arrive = async (id: string, cursor: string) => {
    const tasks = [{ id, registers: { title: `${clockAt(NOW)}"from the server"` } }];
    const { base } = await replica.outgoing(1);
    await replica.applyResult({ base, tasks, sent: [], rejected: [], cursor, more: true, now: NOW });
  };
  await arrive(MILK, "1");
  /** What a page that is opened just now has. */
  const elsewhere = async () => {
    const other = await browser.open();
    const ids = (await other.store.get(OWNER, [MILK, BREAD])).map(({ id }) => id);
    const cursor = (await other.openReplica(OWNER).binding())?.cursor;
    await other.close();
    return { ids, cursor };
  };
  const edit = (store = page.store) =>
    store.commit(OWNER, { action: "edit", now: NOW, edits: [{ id: BREAD, fields: { title: "Bread" } }] });
  return { ...faulty, browser, page, replica, arrive, elsewhere, edit };
}

describe("a first sync that is held", () => {
  test("is seen here at once, and elsewhere when it is released", async () => {
    const { page, elsewhere } = await openHeld();
    expect((await page.store.get(OWNER, [MILK])).map(({ id }) => id)).toEqual([MILK]);
    expect(await elsewhere()).toEqual({ ids: [], cursor: null });
    await page.release();
    expect(await elsewhere()).toEqual({ ids: [MILK], cursor: "1" });
    await page.close();
  });

  test("is kept together with an edit that is made meanwhile, and goes on", async () => {
    const { page, elsewhere, edit, arrive } = await openHeld();
    await edit();
    expect(await elsewhere()).toEqual({ ids: [MILK, BREAD], cursor: "1" });
    await arrive(MILK, "2");
    expect((await elsewhere()).cursor).toBe("1");
    await page.release();
    expect((await elsewhere()).cursor).toBe("2");
    await page.close();
  });

  test("is gone where another page has written meanwhile, which keeps what that wrote", async () => {
    const { browser, page, elsewhere, edit, replica } = await openHeld();
    const other = await browser.open();
    await edit(other.store);
    await other.close();
    expect(await refusalOf(page.release())).toMatchObject({ code: "locked", retryAfter: 1 });
    expect((await replica.binding())?.cursor).toBeNull();
    expect((await page.store.get(OWNER, [MILK, BREAD])).map(({ id }) => id)).toEqual([BREAD]);
    expect(await elsewhere()).toEqual({ ids: [BREAD], cursor: null });
    expect(await page.file.check()).toEqual([]);
    await page.close();
  });

  test("is gone too where an edit follows upon that of another page, and the edit is kept", async () => {
    const { browser, page, elsewhere, edit, arrive } = await openHeld();
    const other = await browser.open();
    await other.openReplica(OWNER).warn(NOW);
    await other.close();
    await edit();
    expect(await elsewhere()).toEqual({ ids: [BREAD], cursor: null });
    await arrive(MILK, "1");
    await page.release();
    expect(await elsewhere()).toEqual({ ids: [MILK, BREAD], cursor: "1" });
    await page.close();
  });

  test("stays held where an edit is refused", async () => {
    const { page, elsewhere } = await openHeld();
    const { store } = page;
    const expected = new Map([[BREAD, 7]]);
    const edits = [{ id: BREAD, fields: { title: "x" } }];
    expect(await refusalOf(store.commit(OWNER, { action: "edit", now: NOW, edits, expected }))).toMatchObject({
      code: "conflict",
    });
    expect((await elsewhere()).ids).toEqual([]);
    await page.release();
    expect((await elsewhere()).ids).toEqual([MILK]);
    await page.close();
  });

  test("begins anew where there is no space for it", async () => {
    const { page, elsewhere, failOnce, replica, arrive } = await openHeld();
    failOnce("put", "QuotaExceededError");
    expect(await refusalOf(page.release())).toMatchObject({ code: "full_disk" });
    expect((await replica.binding())?.cursor).toBeNull();
    await arrive(MILK, "1");
    expect(await elsewhere()).toEqual({ ids: [MILK], cursor: "1" });
    await page.close();
  });
});
