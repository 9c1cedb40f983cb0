import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { createAdmission } from "../../../src/services/quotas/limit-writes.ts";
import { createUsageMeter } from "../../../src/services/quotas/usage-meter.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { synchronize, type SyncPeer } from "../../../src/services/sync/synchronize.ts";
import { newId, titleOf } from "../../support/stores/test-user.ts";
import { DELETED_AT, NOW, openTestReplica, OWNER, SERVER } from "../../support/sync/replica.ts";

const { user } = SERVER;
const MINUTE_MS = 60_000;

/** A server with room for two tasks, which measures anew as often as it likes. */
function openServer() {
  const { store, sync, usage } = openSqlite(":memory:");
  const clock = { now: NOW };
  const meter = createUsageMeter(usage, { tasks: 2, bytes: 0 }, () => clock.now);
  const admit = createAdmission(usage, meter);
  const sent: number[] = [];
  const peer: SyncPeer = {
    exchange: async (request) => {
      sent.push(request.changes.length);
      return { user, ...(await exchange({ sync, user, admit }, request)) };
    },
  };
  const titles = async () =>
    (await store.find(user, { where: [{ kind: "not", condition: { kind: "status", status: "deleted" } }] })).tasks
      .map(titleOf)
      .toSorted();
  return { peer, clock, sent, titles };
}

/** Devices that follow it. */
async function openDevices() {
  const server = openServer();
  const open = async () => {
    const opened = openTestReplica();
    await opened.replica.bind(SERVER);
    const add = async (title: string) => {
      const id = newId();
      await opened.edit(id, { title, created_at: DELETED_AT });
      return id;
    };
    const { replica } = opened;
    const syncNow = () => synchronize({ replica, peer: server.peer, user, now: () => server.clock.now });
    const refused = async () => (await replica.backlog()).rejected.map(({ id, code }) => [id, code]);
    const titles = async () => (await opened.store.find(OWNER, { where: [] })).tasks.map(titleOf).toSorted();
    return { ...opened, add, syncNow, refused, titles };
  };
  return { ...server, laptop: await open(), phone: await open() };
}

describe("a replica of a server that has no room left", () => {
  test("keeps what is refused, names it, and receives what others bring", async () => {
    const { laptop, phone, titles } = await openDevices();
    await phone.add("Milk");
    await phone.syncNow();
    await laptop.add("Bread");
    const tea = await laptop.add("Tea");
    expect(await laptop.syncNow()).toMatchObject({ sent: 1, received: 1, rejected: 1 });
    expect(await laptop.refused()).toEqual([[tea, "quota_exceeded"]]);
    expect(await laptop.titles()).toEqual(["Bread", "Milk", "Tea"]);
    expect(await titles()).toEqual(["Bread", "Milk"]);
    await phone.syncNow();
    expect(await phone.titles()).toEqual(["Bread", "Milk"]);
  });

  test("sends it again by itself, and all have the same once there is room", async () => {
    const { laptop, phone, clock, titles } = await openDevices();
    const [bread] = [await laptop.add("Bread"), await laptop.add("Milk"), await laptop.add("Tea")];
    expect(await laptop.syncNow()).toMatchObject({ sent: 2, rejected: 1 });
    await laptop.edit(bread, { deleted_at: DELETED_AT });
    clock.now += MINUTE_MS;
    expect(await laptop.syncNow()).toMatchObject({ sent: 2, rejected: 0 });
    expect(await laptop.replica.backlog()).toEqual({ unsent: 0, rejected: [] });
    expect(await titles()).toEqual(["Milk", "Tea"]);
    await phone.syncNow();
    expect(await phone.titles()).toEqual(["Bread", "Milk", "Tea"]);
  });

  test("does not send it with every sync, but every minute", async () => {
    const { laptop, clock, sent } = await openDevices();
    for (const title of ["Bread", "Milk", "Tea"]) await laptop.add(title);
    await laptop.syncNow();
    sent.length = 0;
    await laptop.syncNow();
    clock.now += MINUTE_MS;
    await laptop.syncNow();
    await laptop.syncNow();
    expect(sent).toEqual([0, 1, 0]);
  });

  test("sends all of a task that was refused and is edited since, with what it had before", async () => {
    const { laptop, phone, clock, titles } = await openDevices();
    const [bread, , tea] = [await laptop.add("Bread"), await laptop.add("Milk"), await laptop.add("Tea")];
    await laptop.syncNow();
    await laptop.edit(bread, { deleted_at: DELETED_AT });
    await laptop.edit(tea, { priority: "low" });
    clock.now += 10_000;
    await laptop.syncNow();
    expect(await titles()).toEqual(["Milk", "Tea"]);
    await phone.syncNow();
    expect(await phone.store.get(OWNER, [tea])).toMatchObject([
      { title: "Tea", priority: "low", createdAt: DELETED_AT },
    ]);
  });
});
