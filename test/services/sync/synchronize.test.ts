import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { type PeerAnswer, type SyncPeer, synchronize } from "../../../src/services/sync/synchronize.ts";
import { clockTime } from "../../../src/domain/task/clock.ts";
import { readValue } from "../../../src/domain/task/registers.ts";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { undoLastChange } from "../../../src/services/tasks/history.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { newId } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { DELETED_AT, NOW, openTestReplica, OWNER, SERVER } from "../../support/sync/replica.ts";

const { user } = SERVER;

type State = { now: number; before: (count: number) => Promise<void> };

/** What replicas follow, in pages of so many tasks, and what happens before it is asked, counted from 1. */
function openServer(limit = 1000) {
  const opened = openSqlite(":memory:");
  const { store } = opened;
  // The database's own clock is that of this machine.
  const sync: SyncStore = {
    ...opened.sync,
    precheck: async (who, question) => ({ ...(await opened.sync.precheck(who, question)), now: state.now }),
  };
  const asked: number[] = [];
  const state: State = { now: NOW, before: async () => undefined };
  const peer: SyncPeer = {
    exchange: async (request) => {
      asked.push(request.changes.length);
      await state.before(asked.length);
      return { user, ...(await exchange({ sync, user }, { ...request, limit })) };
    },
  };
  return { sync, store, peer, asked, state };
}

async function openDevice(peer: SyncPeer) {
  const opened = openTestReplica();
  await opened.replica.bind(SERVER);
  const { store, replica } = opened;
  const add = async (title: string) => {
    const id = newId();
    await opened.edit(id, { title, created_at: DELETED_AT });
    return id;
  };
  const syncNow = () => synchronize({ replica, peer, user, now: () => NOW });
  const titles = () => listTitles(store, OWNER);
  return { ...opened, add, syncNow, titles };
}

async function listTitles(store: DatabaseFile["store"], of: string): Promise<string[]> {
  const where = [{ kind: "not", condition: { kind: "status", status: "deleted" } }] as const;
  return (await store.find(of, { where })).tasks.map(({ title }) => title).toSorted();
}

/** Later than all that is written here. */
const LATER = Date.UTC(2100, 0);

/** Two devices with bread, milk and tea. One of them then deletes milk and tea, and the server has purged them. */
async function openPurged(limit?: number) {
  const server = openServer(limit);
  const [phone, laptop] = [await openDevice(server.peer), await openDevice(server.peer)];
  const [bread, milk, tea] = [await phone.add("Bread"), await phone.add("Milk"), await phone.add("Tea")];
  for (const { syncNow } of [phone, laptop]) await syncNow();
  for (const id of [milk, tea]) await phone.edit(id, { deleted_at: DELETED_AT });
  await phone.syncNow();
  expect(await server.sync.purge(user, LATER)).toBe(2);
  server.asked.length = 0;
  return { ...server, phone, laptop, bread, milk, tea };
}

describe("a replica that was away while the server forgot what was deleted", () => {
  test("loses what is gone, and brings all it has that is new", async () => {
    const { laptop, bread, store } = await openPurged();
    await laptop.add("Jam");
    await laptop.edit(bread, { title: "Rye bread" });
    expect(await laptop.syncNow()).toMatchObject({ sent: 2, rejected: 0 });
    expect(await laptop.titles()).toEqual(["Jam", "Rye bread"]);
    expect(await listTitles(store, user)).toEqual(["Jam", "Rye bread"]);
    expect((await laptop.replica.state(NOW))?.hasUnsent).toBe(false);
  });

  test("leaves no half task on the server, and keeps the own one until somebody decides", async () => {
    const { laptop, phone, milk, store } = await openPurged();
    await laptop.edit(milk, { title: "Oat milk" });
    await laptop.syncNow();
    expect(await listTitles(store, user)).toEqual(["Bread"]);
    expect(await laptop.titles()).toEqual(["Bread", "Oat milk"]);
    expect((await laptop.replica.backlog()).rejected).toMatchObject([{ id: milk }]);
    await laptop.edit(milk, { priority: "low" });
    await laptop.syncNow();
    await phone.syncNow();
    const [theirs] = await phone.store.get(OWNER, [milk]);
    expect(theirs).toMatchObject({ title: "Oat milk", priority: "low", createdAt: DELETED_AT, deletedAt: null });
    expect((await laptop.replica.backlog()).rejected).toEqual([]);
  });

  test("sends nothing before it has read everything, page by page", async () => {
    const { laptop, phone, asked } = await openPurged(1);
    await phone.add("Jam");
    await phone.syncNow();
    asked.length = 0;
    await laptop.add("Mine");
    await laptop.syncNow();
    // The one that is refused, two pages, the old cursor once more, and what is unsent.
    expect(asked).toEqual([1, 0, 0, 0, 1]);
    expect(await laptop.titles()).toEqual(["Bread", "Jam", "Mine"]);
  });

  test("goes on where it was cut off, in another process too", async () => {
    const { laptop, phone, peer, state, asked } = await openPurged(1);
    await phone.add("Jam");
    await phone.syncNow();
    asked.length = 0;
    await laptop.add("Mine");
    state.before = async (count) => {
      if (count === 3) throw new Error("the line was cut");
    };
    expect(await Promise.allSettled([laptop.syncNow()])).toMatchObject([{ status: "rejected" }]);
    expect(await laptop.titles()).toEqual(["Bread", "Milk", "Mine", "Tea"]);
    const replica = laptop.openReplica(OWNER);
    await synchronize({ replica, peer, user, now: () => NOW });
    expect(asked).toEqual([1, 0, 0, 0, 0, 1]);
    expect(await laptop.titles()).toEqual(["Bread", "Jam", "Mine"]);
  });

  test("begins again where more is purged meanwhile", async () => {
    const { laptop, phone, bread, sync, state } = await openPurged(1);
    const jam = await phone.add("Jam");
    await phone.add("Rice");
    await phone.syncNow();
    state.before = async (count) => {
      // Between the first page and the second.
      if (count !== 3) return;
      state.before = async () => undefined;
      for (const id of [bread, jam]) await phone.edit(id, { deleted_at: DELETED_AT });
      await phone.syncNow();
      await sync.purge(user, LATER);
    };
    await laptop.syncNow();
    expect(await laptop.titles()).toEqual(["Rice"]);
  });

  test("drops nothing where the server is restored just then from a backup that lacks what was acknowledged", async () => {
    const { laptop, peer } = await openPurged();
    const restored = openServer();
    let count = 0;
    const switched: SyncPeer = {
      exchange: (request) => {
        count += 1;
        return (count === 1 ? peer : restored.peer).exchange(request);
      },
    };
    await synchronize({ replica: laptop.replica, peer: switched, user, now: () => NOW });
    expect(await laptop.titles()).toEqual(["Bread", "Milk", "Tea"]);
    expect(await listTitles(restored.store, user)).toEqual(["Bread", "Milk", "Tea"]);
  });

  test("brings what is unsent also where a backup of the server from just before the purge takes its place", async () => {
    const { state, peer, store } = openServer();
    const laptop = await openDevice(peer);
    await laptop.add("Bread");
    await laptop.syncNow();
    await laptop.add("Jam");
    state.before = async () => {
      state.before = async () => undefined;
      throw new TodoError("cursor_expired", "something was purged");
    };
    await laptop.syncNow();
    expect(await listTitles(store, user)).toEqual(["Bread", "Jam"]);
    expect((await laptop.replica.state(NOW))?.hasUnsent).toBe(false);
  });

  test("drops nothing where the server has another history", async () => {
    const { laptop } = await openPurged();
    await laptop.syncNow();
    const other = openServer();
    const { replica } = laptop;
    await synchronize({ replica, peer: other.peer, user, now: () => NOW });
    expect(await laptop.titles()).toEqual(["Bread"]);
    expect(await listTitles(other.store, user)).toEqual(["Bread"]);
  });
});

describe("a sync", () => {
  test("says how many unsent values lost to later ones", async () => {
    const { peer } = openServer();
    const [phone, laptop] = [await openDevice(peer), await openDevice(peer)];
    const id = await phone.add("Milk");
    for (const { syncNow } of [phone, laptop]) await syncNow();
    await laptop.edit(id, { title: "Soy milk", project: "Home" });
    await phone.store.commit(OWNER, { action: "edit", now: NOW + 9, edits: [{ id, fields: { title: "Oat milk" } }] });
    expect((await phone.syncNow()).conflicts).toBe(0);
    expect((await laptop.syncNow()).conflicts).toBe(1);
    expect(await laptop.titles()).toEqual(["Oat milk"]);
  });

  test("brings also what was written while it was ending", async () => {
    const { peer, asked, state, store } = openServer();
    const laptop = await openDevice(peer);
    await laptop.add("Milk");
    state.before = async (count) => {
      if (count === 1) await laptop.add("Late");
    };
    await laptop.syncNow();
    expect(await listTitles(store, user)).toEqual(["Late", "Milk"]);
    expect(asked).toEqual([1, 1]);
  });

  test("brings an edit of what the server has from before its clock was set back", async () => {
    const { peer, state, store } = openServer();
    const [phone, laptop] = [await openDevice(peer), await openDevice(peer)];
    const id = await phone.add("Milk");
    for (const { syncNow } of [phone, laptop]) await syncNow();
    state.now = NOW - 3_600_000;
    const edits = [{ id, fields: { title: "Oat milk" } }];
    await laptop.store.commit(OWNER, { action: "edit", now: NOW + 30_000, edits });
    for (const { syncNow } of [laptop, phone]) await syncNow();
    expect([await phone.titles(), await laptop.titles()]).toEqual([["Oat milk"], ["Oat milk"]]);
    expect(await listTitles(store, user)).toEqual(["Oat milk"]);
  });

  test("does not try for ever where the cursor expires at once again", async () => {
    const { laptop, asked, state } = await openPurged();
    state.before = () => Promise.reject(new TodoError("cursor_expired", "it is too old"));
    expect((await refusalOf(laptop.syncNow())).code).toBe("cursor_expired");
    expect(asked).toHaveLength(3);
  });
});

const DONE_AT = "2026-11-23T09:00:00.000Z";
const DAILY = { recurrence: "due 2026-11-23 FREQ=DAILY", occurrence: "2026-11-23", due_date: "2026-11-23" };

/** A server of an earlier version, which settles nothing. */
function openEarlierServer() {
  const { sync, ...server } = openServer();
  const settlesNothing: SyncStore = { ...sync, findSeries: () => Promise.resolve([]) };
  const peer: SyncPeer = {
    exchange: async (request) => ({ user, ...(await exchange({ sync: settlesNothing, user }, request)) }),
  };
  return { ...server, sync, peer };
}

/** Completes a series as a version does that does not know that it is one. */
async function completeThere({ store }: Pick<DatabaseFile, "store">, id: string, of = user): Promise<void> {
  const edits = [{ id, fields: { completed_at: DONE_AT } }];
  await store.commit(of, { action: "complete", now: NOW + 1000, edits });
}

/** Devices of one account that all have a series. */
async function openSeries({ peer }: { readonly peer: SyncPeer }) {
  const [phone, laptop] = [await openDevice(peer), await openDevice(peer)];
  const series = await phone.add("Water");
  await phone.edit(series, DAILY);
  for (const { syncNow } of [phone, laptop]) await syncNow();
  const readAll = async ({ store }: typeof phone) => {
    const { tasks } = await store.find(OWNER, { where: [] });
    const visible = tasks.map(({ id, dueDate, completedAt }) => [id, { dueDate, completedAt }] as const);
    return Object.fromEntries(visible);
  };
  return { phone, laptop, series, record: recordIdOf(series, DAILY.occurrence), readAll };
}

describe("a series", () => {
  test("goes on by one where devices complete the same occurrence, one early and one of an earlier version", async () => {
    const { phone, laptop, series, record, readAll } = await openSeries(openServer());
    const early = "2026-11-20T09:00:00.000Z";
    const occurrence = { title: "Water", series, occurrence: DAILY.occurrence, due_date: DAILY.due_date };
    await phone.edit(record, { ...occurrence, created_at: early, completed_at: early });
    await phone.edit(series, { occurrence: "2026-11-24", due_date: "2026-11-24" });
    await completeThere(laptop, series, OWNER);
    for (const { syncNow } of [laptop, phone, laptop]) await syncNow();
    const settled = {
      [record]: { dueDate: "2026-11-23", completedAt: DONE_AT },
      [series]: { dueDate: "2026-11-24", completedAt: null },
    };
    expect(await readAll(phone)).toEqual(settled);
    expect(await readAll(laptop)).toEqual(settled);
  });

  test("is settled by a device and sent if its server is of an earlier version", async () => {
    const server = openEarlierServer();
    const { phone, laptop, series, record, readAll } = await openSeries(server);
    await completeThere(server, series);
    expect(await phone.syncNow()).toMatchObject({ sent: 2, received: 1 });
    expect(await laptop.syncNow()).toMatchObject({ sent: 0, received: 2 });
    expect(await readAll(laptop)).toEqual({
      [record]: { dueDate: "2026-11-23", completedAt: DONE_AT },
      [series]: { dueDate: "2026-11-24", completedAt: null },
    });
  });

  test("is settled by the next sync if one was cut off before", async () => {
    const server = openEarlierServer();
    const { phone, series, record, readAll } = await openSeries(server);
    await completeThere(server, series);
    const cutOff: typeof phone.replica = { ...phone.replica, mergeUnsent: () => Promise.reject(new Error("cut off")) };
    const cut = synchronize({ replica: cutOff, peer: server.peer, user, now: () => NOW });
    expect(await Promise.allSettled([cut])).toMatchObject([{ status: "rejected" }]);
    expect(await readAll(phone)).toEqual({ [series]: { dueDate: "2026-11-23", completedAt: DONE_AT } });
    expect(await phone.syncNow()).toMatchObject({ sent: 2, received: 0 });
    expect(Object.keys(await readAll(phone)).toSorted()).toEqual([record, series].toSorted());
  });

  test("that a sync has settled is none of the changes that an undo takes back", async () => {
    const server = openEarlierServer();
    const { phone, series } = await openSeries(server);
    await completeThere(server, series);
    const other = await phone.add("Other");
    await phone.syncNow();
    const undone = await undoLastChange({ store: phone.store, user: OWNER, system: SYSTEM });
    expect(undone?.tasks.map(({ id }) => id)).toEqual([other]);
  });
});

describe("a profile", () => {
  const profileOf = async ({ store }: Pick<DatabaseFile, "store">, of = OWNER) =>
    Object.fromEntries(Object.entries(await store.profile(of)).map(([name, register]) => [name, readValue(register)]));
  const setEntry = (device: Pick<DatabaseFile, "store">, name: string, value: string, at = NOW) =>
    device.store.editProfile(OWNER, { [name]: value }, at);
  const hasUnsent = async ({ replica }: Awaited<ReturnType<typeof openDevice>>) =>
    (await replica.state(NOW))?.hasUnsent;

  test("goes from one device to the others, entry by entry, and nothing is left to send", async () => {
    const { peer, store } = openServer();
    const [phone, laptop] = [await openDevice(peer), await openDevice(peer)];
    await setEntry(phone, "filter:a", "phone");
    await setEntry(laptop, "filter:b", "laptop");
    expect(await hasUnsent(phone)).toBe(true);
    for (const { syncNow } of [phone, laptop, phone]) await syncNow();
    const both = { "filter:a": "phone", "filter:b": "laptop" };
    for (const device of [phone, laptop])
      expect([await profileOf(device), await hasUnsent(device)]).toEqual([both, false]);
    expect(await profileOf({ store }, user)).toEqual(both);
  });

  test("that was there before a server was followed is sent too", async () => {
    const { peer, store } = openServer();
    const { store: local, replica } = openTestReplica();
    await setEntry({ store: local }, "filter:a", "x");
    await replica.bind(SERVER);
    await synchronize({ replica, peer, user, now: () => NOW });
    expect(await profileOf({ store }, user)).toEqual({ "filter:a": "x" });
  });

  test("stays where the server is of an earlier version, and is sent once that knows it", async () => {
    const server = openServer();
    const state = { knows: false };
    const peer: SyncPeer = {
      exchange: async ({ profile, ...request }) => {
        const known = state.knows && profile && { profile };
        return server.peer.exchange({ ...request, ...known });
      },
    };
    const phone = await openDevice(peer);
    await setEntry(phone, "filter:a", "x");
    await phone.syncNow();
    expect([await hasUnsent(phone), await profileOf(server, user)]).toEqual([false, {}]);
    state.knows = true;
    await phone.syncNow();
    expect([await hasUnsent(phone), await profileOf(server, user)]).toEqual([false, { "filter:a": "x" }]);
  });

  test("that is too large is noted as rejected by its name, and holds up no task", async () => {
    const { peer, store } = openServer();
    const phone = await openDevice(peer);
    await setEntry(phone, "filter:a", "x".repeat(40_000));
    await phone.add("Milk");
    expect(await phone.syncNow()).toMatchObject({ sent: 1, rejected: 1 });
    expect((await phone.replica.backlog()).rejected).toMatchObject([{ id: "profile", field: "filter:a" }]);
    expect(await listTitles(store, user)).toEqual(["Milk"]);
    expect(await phone.syncNow()).toMatchObject({ sent: 0, rejected: 0 });
    await setEntry(phone, "filter:a", "short", NOW + 1);
    await phone.syncNow();
    expect((await phone.replica.backlog()).rejected).toEqual([]);
    expect(await profileOf({ store }, user)).toEqual({ "filter:a": "short" });
  });

  test("of a clock that was wrong gets another one when it is sent", async () => {
    const { peer, store } = openServer();
    const phone = await openDevice(peer);
    await phone.syncNow();
    await setEntry(phone, "filter:a", "x", NOW + 86_400_000);
    await phone.syncNow();
    expect(await profileOf({ store }, user)).toEqual({ "filter:a": "x" });
    expect(await store.profile(user)).toEqual(await phone.store.profile(OWNER));
    expect(clockTime((await phone.store.profile(OWNER))["filter:a"] ?? "")).toBeLessThan(NOW + 61_000);
    await setEntry(phone, "filter:a", "later", NOW + 1000);
    await phone.syncNow();
    expect(await profileOf({ store }, user)).toEqual({ "filter:a": "later" });
  });

  test("that is unsent while tasks were purged elsewhere is not dropped with them", async () => {
    const { laptop, store } = await openPurged();
    await setEntry(laptop, "filter:a", "x");
    await laptop.syncNow();
    expect(await laptop.titles()).toEqual(["Bread"]);
    expect((await laptop.replica.backlog()).rejected).toEqual([]);
    expect(await profileOf({ store }, user)).toEqual({ "filter:a": "x" });
  });
});

describe("a server that makes no sense", () => {
  /** A device with something unsent that has a cursor, and a server that answers so from then on. */
  async function open(answer: (cursor: string | null) => Partial<PeerAnswer>) {
    const state = { asked: 0 };
    const peer: SyncPeer = {
      exchange: async ({ cursor }) => {
        state.asked += 1;
        if (state.asked > 100) throw new Error("it is asked for ever");
        const plain = { user, cursor: `c${state.asked}`, more: false, changes: [], rejected: [] };
        return state.asked === 1 ? plain : { ...plain, ...answer(cursor) };
      },
    };
    const device = await openDevice(peer);
    await device.syncNow();
    await device.add("Milk");
    return device;
  }

  const some = [{ id: newId(), registers: {} }];

  test.each<[string, () => Partial<PeerAnswer>]>([
    ["an empty page", () => ({ more: true })],
    ["the same page", () => ({ more: true, cursor: "c1", changes: some })],
  ])("is not asked for ever where it gives %s and says that there is more", async (_, answer) => {
    const { syncNow, titles, replica } = await open(answer);
    expect((await refusalOf(syncNow())).code).toBe("unavailable");
    expect(await titles()).toEqual(["Milk"]);
    expect((await replica.state(NOW))?.hasUnsent).toBe(true);
  });

  test.each(["history_changed", "cursor_expired"] as const)(
    "is not asked for ever where it refuses each cursor that it gives with %s",
    async (code) => {
      const { syncNow, titles } = await open((cursor) => {
        if (cursor !== null) throw new TodoError(code, "it is no good");
        return { more: code === "history_changed", changes: some };
      });
      expect((await refusalOf(syncNow())).code).toBe(code);
      expect(await titles()).toContain("Milk");
    },
  );

  test("moves no edit to before 1970", async () => {
    const serverTime = Date.parse("0000-01-01T00:00:00Z");
    const { syncNow } = await open(() => {
      throw new TodoError("clock_skew", "it is late", { serverTime });
    });
    expect((await refusalOf(syncNow())).code).toBe("clock_skew");
  });

  test("parks nothing by refusing what it was not sent", async () => {
    const { syncNow, replica } = await open(() => ({
      rejected: [{ id: newId(), code: "invalid_input", field: "", message: "no" }],
    }));
    expect(await syncNow()).toMatchObject({ sent: 1, rejected: 0 });
    expect((await replica.backlog()).rejected).toEqual([]);
  });
});
