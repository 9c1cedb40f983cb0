import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, linkSync, renameSync, rmSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { clockNode } from "../../../src/domain/task/clock.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { synchronize } from "../../../src/services/sync/synchronize.ts";
import { newId } from "../../support/stores/test-user.ts";
import { queryRaw } from "../../support/disks/files.ts";
import { MILK, NOW, OWNER, SERVER } from "../../support/sync/replica.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();

const nodeIn = (path: string) => queryRaw(path, "select value from replica where key = 'node'")[0];
const placeIn = (path: string) => queryRaw(path, "select value from replica where key = 'place'")[0];

async function withFile<Result>(path: string, work: (opened: DatabaseFile) => Promise<Result>): Promise<Result> {
  const opened = openSqlite(path);
  try {
    return await work(opened);
  } finally {
    await opened.store.close();
  }
}

/** Writes a title, as one command, and answers the node of its clock. */
function write(path: string, title: string, id = newId()): Promise<string> {
  return withFile(path, async ({ store }) => {
    await store.commit(OWNER, { action: "add", now: NOW, edits: [{ id, fields: { title } }] });
    const [entry] = await store.history(OWNER, { id, limit: 1 });
    return clockNode(entry?.clock ?? "");
  });
}

async function makeFile(): Promise<{ readonly path: string; readonly node: string }> {
  const path = freshPath();
  return { path, node: await write(path, "Milk", MILK) };
}

describe("the node of a database", () => {
  test("is its own from the start, and stays", async () => {
    const { path, node } = await makeFile();
    expect(node).toMatch(/^[0-9a-f]{8}$/);
    expect([await write(path, "x"), nodeIn(path)]).toEqual([node, node]);
  });

  test("needs nothing to be noted with the first write", async () => {
    const path = freshPath();
    await withFile(path, ({ store }) => store.ping());
    const place = placeIn(path);
    await write(path, "x");
    expect(place).toBe(placeIn(path));
    expect(place).toBeString();
  });

  test("is another one in a copy from its first write on, and the same as before in the original", async () => {
    const { path, node } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    const other = await write(`${path}.copy`, "x");
    expect(other).toMatch(/^[0-9a-f]{8}$/);
    expect(other).not.toBe(node);
    expect([await write(`${path}.copy`, "x"), nodeIn(`${path}.copy`)]).toEqual([other, other]);
    expect(await write(path, "x")).toBe(node);
  });

  test("of a copy is not changed by who only reads", async () => {
    const { path, node } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    await withFile(`${path}.copy`, async ({ store, file }) => {
      await store.find(OWNER, { where: [] });
      await store.ping();
      expect(file.measure("ann").node).toBe(node);
    });
    expect([nodeIn(`${path}.copy`), placeIn(`${path}.copy`)]).toEqual([node, placeIn(path)]);
  });

  test("of a file that was moved or has a second name is the same", async () => {
    const { path, node } = await makeFile();
    renameSync(path, `${path}.moved`);
    expect(await write(`${path}.moved`, "x")).toBe(node);
    linkSync(`${path}.moved`, path);
    expect(await write(path, "x")).toBe(node);
  });

  test("is another one in a copy that took the place of the original", async () => {
    const { path, node } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    expect(await write(path, "x")).not.toBe(node);
  });

  test("is another one where a copy that was written is copied back over the original", async () => {
    const { path, node } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    const other = await write(`${path}.copy`, "x");
    copyFileSync(`${path}.copy`, path);
    expect([node, other]).not.toContain(await write(path, "x"));
  });

  test("is another one in a backup, wherever that is used, and if it is copied over the original", async () => {
    const { path, node } = await makeFile();
    await withFile(path, async ({ file }) => {
      file.backup(`${path}.one`);
      file.backup(`${path}.other`);
    });
    copyFileSync(`${path}.one`, path);
    const nodes = [await write(path, "x"), await write(`${path}.one`, "x"), await write(`${path}.other`, "x")];
    expect(new Set([node, ...nodes]).size).toBe(4);
  });

  test("is the same where an older version has not noted the place, which is noted then", async () => {
    const { path, node } = await makeFile();
    const place = placeIn(path);
    const raw = new Database(path);
    raw.run("delete from replica where key = 'place'");
    raw.close(true);
    expect([await write(path, "x"), placeIn(path)]).toEqual([node, place]);
  });

  test("is another one on another machine", async () => {
    const { path, node } = await makeFile();
    const raw = new Database(path);
    raw.run("update replica set value = 'of another machine' where key = 'place'");
    raw.close(true);
    expect(await write(path, "x")).not.toBe(node);
  });

  test("is one for all who open a copy at once", async () => {
    const { path, node } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    const opened = Array.from({ length: 4 }, () => openSqlite(`${path}.copy`));
    await Promise.all(
      opened.map(({ store }) =>
        store.commit(OWNER, { action: "add", now: NOW, edits: [{ id: newId(), fields: { title: "x" } }] }),
      ),
    );
    const nodes = queryRaw(`${path}.copy`, "select distinct substr(clock, 17) from history");
    expect(new Set(nodes)).toEqual(new Set([node, nodeIn(`${path}.copy`)]));
    expect(nodes).toHaveLength(2);
    await Promise.all(opened.map(({ store }) => store.close()));
  });

  test("is in no one's way where nothing can be written", async () => {
    const { path } = await makeFile();
    copyFileSync(path, `${path}.copy`);
    chmodSync(`${path}.copy`, 0o400);
    await withFile(`${path}.copy`, async ({ store }) => {
      expect(await store.count(OWNER, [])).toBe(1);
    });
    rmSync(`${path}.copy`);
  });

  test("and its place are no secret of the machine", async () => {
    const { path } = await makeFile();
    expect(String(placeIn(path))).toMatch(/^[0-9a-f]{64}$/);
  });
});

test("two copies of a replica that are edited at the same time end with the same, and no two edits have one clock", async () => {
  const { path } = await makeFile();
  await withFile(path, async ({ openReplica }) => openReplica(OWNER).bind(SERVER));
  copyFileSync(path, `${path}.copy`);
  const copies = [path, `${path}.copy`];
  await write(path, "Oat milk", MILK);
  await write(`${path}.copy`, "Soy milk", MILK);
  const clocks = copies.map((each) => queryRaw(each, "select max(clock) from history")[0]);
  expect(new Set(clocks).size).toBe(2);
  const server = openSqlite(":memory:");
  const { user } = SERVER;
  const peer = {
    exchange: async (request: Parameters<typeof exchange>[1]) => ({
      user,
      ...(await exchange({ sync: server.sync, user }, request)),
    }),
  };
  for (const each of [...copies, ...copies]) {
    await withFile(each, ({ openReplica }) => synchronize({ replica: openReplica(OWNER), peer, user, now: () => NOW }));
  }
  const [one, other] = copies.map((each) => queryRaw(each, "select registers from tasks order by id"));
  expect(one).toEqual(other ?? []);
});
