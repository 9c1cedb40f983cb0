import { describe, expect, test } from "bun:test";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { createReaderPool } from "../../../src/db/sqlite/reader-pool.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import { refusalOf } from "../../support/errors.ts";
import { useOpened } from "../../support/opened.ts";
import { listChildren, READER_COMMAND } from "../../support/stores/readers.ts";
import { createTestUser, type TestUser } from "../../support/stores/test-user.ts";
import { describeActivity } from "../contract/activity.ts";
import { describeConditions } from "../contract/conditions.ts";
import { describePaging } from "../contract/paging.ts";
import { describeSearch } from "../contract/search.ts";
import { describeTally } from "../contract/tally.ts";

const freshPath = useFreshPaths();
const WHOLE = ["", "-wal", "-shm"];

function openShared(path: string) {
  return openSqlite(path, { readers: createReaderPool(READER_COMMAND) });
}

describe("a store in a SQLite file whose long reads run in other processes", () => {
  const opened = useOpened(async () => {
    const { store } = openShared(freshPath());
    return { store, close: () => store.close() };
  });
  const newUser = () => createTestUser(opened().store);
  for (const part of [describeConditions, describeSearch, describePaging, describeTally, describeActivity])
    part(newUser);

  test("shows each write to the reads that begin when it was answered", async () => {
    const testUser = newUser();
    for (let count = 1; count <= 20; count += 1) {
      await testUser.add({ title: "x" });
      expect(await testUser.store.count(testUser.user, [])).toBe(count);
    }
  });

  test("reads one task and a page in the order of an index itself", async () => {
    const { store } = openShared(freshPath());
    const testUser = createTestUser(store);
    const [task] = await testUser.add({ title: "x" });
    const before = listChildren(process.pid).length;
    expect(await testUser.get(task.id)).toMatchObject({ title: "x" });
    const where = [{ kind: "not", condition: { kind: "status", status: "deleted" } }] as const;
    expect((await store.find(testUser.user, { where, sort: "created", limit: 50 })).tasks).toHaveLength(1);
    expect(listChildren(process.pid)).toHaveLength(before);
    await store.close();
  });

  test("reads the subtasks and the records of a task itself, unless they are many", async () => {
    const { store } = openShared(freshPath());
    const { user, add } = createTestUser(store);
    const [top] = await add({ title: "House" });
    await add(...Array.from({ length: 100 }, () => ({ title: "Room", parent: top.id })));
    const before = listChildren(process.pid).length;
    const below = { where: [{ kind: "child_of", parents: [top.id] }] } as const;
    expect((await store.find(user, below)).tasks).toHaveLength(100);
    expect((await store.find(user, { where: [{ kind: "record_of", series: [top.id] }] })).tasks).toEqual([]);
    expect(listChildren(process.pid)).toHaveLength(before);
    await add({ title: "Room", parent: top.id });
    expect((await store.find(user, below)).tasks).toHaveLength(101);
    expect(listChildren(process.pid)).toHaveLength(before + 1);
    await store.close();
  });

  test("reads what waits for what itself, unless there is much of it", async () => {
    const { store } = openShared(freshPath());
    const { user, add } = createTestUser(store);
    const [end] = await add({ title: "House" });
    await add(...Array.from({ length: 100 }, () => ({ title: "Room", [`dep:${end.id}`]: true })));
    const before = listChildren(process.pid).length;
    expect((await store.openDependencies(user)).size).toBe(100);
    expect(listChildren(process.pid)).toHaveLength(before);
    await add({ title: "Room", [`dep:${end.id}`]: true });
    expect((await store.openDependencies(user)).size).toBe(101);
    expect(listChildren(process.pid)).toHaveLength(before + 1);
    await store.close();
  });

  test("refuses no user what is needed whole, however often it is asked for at once", async () => {
    const testUser = newUser();
    await testUser.add({ title: "House" });
    const roots = [{ kind: "status", status: "pending" }, { kind: "root" }] as const;
    const titles = await Promise.all(Array.from({ length: 25 }, () => testUser.titles(roots)));
    expect(new Set(titles.flat())).toEqual(new Set(["House"]));
  });
});

/** Opens a database with a task and reads it once, and closes it when the work is done or has failed. */
async function withTask(path: string, work: (testUser: TestUser) => Promise<void>): Promise<void> {
  const { store } = openShared(path);
  try {
    const testUser = createTestUser(store);
    await testUser.add({ title: "before" });
    expect(await testUser.titles([])).toEqual(["before"]);
    await work(testUser);
  } finally {
    await store.close();
  }
}

describe("a long read in another process", () => {
  test("says that the file was taken away, and finds it again when it is back", async () => {
    const path = freshPath();
    await withTask(path, async (testUser) => {
      for (const suffix of WHOLE) renameSync(path + suffix, `${path}.away${suffix}`);
      expect(await refusalOf(testUser.find([]))).toMatchObject({ code: "unavailable", retryAfter: 5 });
      renameSync(`${path}.away`, path);
      expect(await testUser.titles([])).toEqual(["before"]);
    });
  });

  test("reads the database that was put in the place of the first", async () => {
    const [path, other] = [freshPath(), freshPath()];
    await openSqlite(other).store.close();
    await withTask(path, async (testUser) => {
      renameSync(other, path);
      expect(await testUser.titles([])).toEqual([]);
    });
    expect(readdirSync(dirname(path))).toEqual(["todo.db"]);
  });

  test("leaves nothing beside a file that is closed, or that was deleted", async () => {
    const [kept, deleted] = [freshPath(), freshPath()];
    await withTask(kept, async () => undefined);
    expect(readdirSync(dirname(kept))).toEqual(["todo.db"]);
    await withTask(deleted, async (testUser) => {
      const read = testUser.find([]);
      rmSync(deleted);
      await read.catch(() => undefined);
    });
    expect(readdirSync(dirname(deleted))).toEqual([]);
  });
});
