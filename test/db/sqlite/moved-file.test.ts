import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { clockNode } from "../../../src/domain/task/clock.ts";
import { at, createTestUser, type TestUser, newId, titleOf } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { queryRaw } from "../../support/disks/files.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";

const freshPath = useFreshPaths();
const AWAY = { code: "unavailable", retryAfter: 5 };
const WHOLE = ["", "-wal", "-shm"];

/** A read trusts what the path named up to 50 ms ago. */
const untilNoticed = () => Bun.sleep(60);

/** Opens a database, and closes it when the work is done or has failed. */
async function withStore(
  path: string,
  work: (testUser: TestUser, opened: DatabaseFile) => Promise<void>,
): Promise<void> {
  const opened = openSqlite(path);
  try {
    await work(createTestUser(opened.store), opened);
  } finally {
    await opened.store.close();
  }
}

/** Renames what there is of a database. */
function move(from: string, to: string, suffixes: readonly string[] = WHOLE): void {
  for (const suffix of suffixes.filter((end) => existsSync(from + end))) renameSync(from + suffix, to + suffix);
}

/** All titles in a file that nobody has open, which must be sound. */
async function titlesIn(path: string): Promise<unknown[]> {
  const { store, file } = openSqlite(path);
  expect(file.check()).toEqual([]);
  await store.close();
  return queryRaw(path, "select title from tasks order by title");
}

/** A database with one task that no other has, closed. */
async function makeOther(title: string): Promise<string> {
  const path = freshPath();
  await withStore(path, async (testUser) => void (await testUser.add({ title })));
  return path;
}

describe("a database whose file is taken away while it is open", () => {
  test("says so to whoever reads or writes, and makes no new one", async () => {
    const path = freshPath();
    await withStore(path, async (testUser, { file }) => {
      const [task] = await testUser.add({ title: "before" });
      move(path, `${path}.away`);
      await untilNoticed();
      const attempts = [
        testUser.find([]),
        testUser.add({ title: "lost" }),
        testUser.store.ping(),
        testUser.store.ensureUser("someone"),
      ];
      for (const error of await Promise.all(attempts.map(refusalOf))) {
        expect(error).toMatchObject(AWAY);
        expect(error.message).toBe(`${path}: the database is not there any more`);
        expect(error.hints).not.toEqual([]);
      }
      expect(() => file.measure("ann")).toThrow("not there any more");
      expect(await refusalOf(testUser.get(task.id))).toMatchObject(AWAY);
      expect(readdirSync(dirname(path)).filter((name) => !name.includes("away"))).toEqual([]);
    });
    expect(await titlesIn(`${path}.away`)).toEqual(["before"]);
  });

  test("goes on by itself when it is put back, with all that was answered for", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`);
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject(AWAY);
      move(`${path}.away`, path);
      await testUser.add({ title: "after" });
      expect(await testUser.titles([])).toEqual(["after", "before"]);
    });
    expect(readdirSync(dirname(path))).toEqual(["todo.db"]);
    expect(await titlesIn(path)).toEqual(["after", "before"]);
  });

  test("goes on when it was put back before anyone asked", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`);
      move(`${path}.away`, path);
      await testUser.add({ title: "after" });
    });
    expect(await titlesIn(path)).toEqual(["after", "before"]);
  });

  test("has all that was answered for in the file alone, when only that was taken", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`, [""]);
      await untilNoticed();
      expect(await refusalOf(testUser.find([]))).toMatchObject(AWAY);
      expect(readdirSync(dirname(path))).toEqual(["todo.db.away"]);
    });
    expect(await titlesIn(`${path}.away`)).toEqual(["before"]);
  });

  test("is not written any more when it was deleted", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      for (const suffix of WHOLE) rmSync(path + suffix, { force: true });
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject(AWAY);
    });
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  test("is missed when its whole folder is gone", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      renameSync(dirname(path), `${dirname(path)}.away`);
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject(AWAY);
      renameSync(`${dirname(path)}.away`, dirname(path));
      await testUser.add({ title: "after" });
    });
    expect(await titlesIn(path)).toEqual(["after", "before"]);
  });

  test("keeps the -wal file for as long as somebody else reads in the one that was moved", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      const reader = new Database(path, { readonly: true });
      reader.run("begin");
      reader.query("select count(*) from tasks").get();
      await testUser.add({ title: "behind the reader" });
      move(path, `${path}.away`, [""]);
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject({ code: "locked", retryAfter: 1 });
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
      reader.run("commit");
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject(AWAY);
      reader.close(true);
    });
    expect(readdirSync(dirname(path))).toEqual(["todo.db.away"]);
    expect(await titlesIn(`${path}.away`)).toEqual(["before", "behind the reader"]);
  });

  test("answers no write that went with the file", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      const edits = [{ id: newId(), fields: { title: "gone with it" } }];
      const attempt = testUser.commit(edits, { onProgress: () => move(path, `${path}.away`) });
      expect(await refusalOf(attempt)).toMatchObject(AWAY);
    });
  });

  test("is closed without a trace", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`, [""]);
    });
    expect(readdirSync(dirname(path))).toEqual(["todo.db.away"]);
    expect(await titlesIn(`${path}.away`)).toEqual(["before"]);
  });
});

describe("another database in the place of an open one", () => {
  test.each([
    ["with all its files", WHOLE],
    ["the file alone", [""]],
  ])("is used from then on, and neither loses anything: the first was moved %s", async (_, suffixes) => {
    const [path, other] = [freshPath(), await makeOther("other")];
    await withStore(path, async (testUser, { store }) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`, suffixes);
      renameSync(other, path);
      await testUser.add({ title: "after" });
      expect(await testUser.titles([])).toEqual(["after"]);
      expect(await store.count("local", [])).toBe(0);
    });
    expect(readdirSync(dirname(path)).filter((name) => !name.includes("away"))).toEqual(["todo.db"]);
    expect(await titlesIn(path)).toEqual(["after", "other"]);
    expect(await titlesIn(`${path}.away`)).toEqual(["before"]);
  });

  test("that was renamed over it is used from then on", async () => {
    const [path, other] = [freshPath(), await makeOther("other")];
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      renameSync(other, path);
      await untilNoticed();
      expect(await testUser.find([])).toEqual([]);
      await testUser.add({ title: "after" });
    });
    expect(await titlesIn(path)).toEqual(["after", "other"]);
  });

  test("and open elsewhere keeps what is written there meanwhile", async () => {
    const [path, other] = [freshPath(), await makeOther("other")];
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`);
      move(other, path);
      const elsewhere = new Database(path);
      elsewhere.run("update users set revision = revision + 1000");
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
      await testUser.add({ title: "after" });
      expect(elsewhere.query("select count(*) from tasks").values()).toEqual([[2]]);
      elsewhere.close(true);
    });
    expect(queryRaw(path, "select revision from users order by revision")).toEqual([1, 1001]);
    expect(await titlesIn(path)).toEqual(["after", "other"]);
  });

  test("does not get into the first one, where that is still open elsewhere", async () => {
    const [path, other] = [freshPath(), await makeOther("other")];
    const idle = openSqlite(path);
    expect(await idle.store.count("local", [])).toBe(0);
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`, [""]);
      move(other, path);
      await testUser.add({ title: "after" });
      await createTestUser(idle.store).add({ title: "after too" });
      await idle.store.close();
      expect(await testUser.titles([])).toEqual(["after"]);
    });
    expect(await titlesIn(path)).toEqual(["after", "after too", "other"]);
    expect(await titlesIn(`${path}.away`)).toEqual(["before"]);
  });

  test("gives its own node to what is written into it", async () => {
    const [path, other] = [freshPath(), await makeOther("other")];
    const [node] = queryRaw(other, "select value from replica where key = 'node'");
    await withStore(path, async (testUser, { store, file }) => {
      const [first] = await testUser.add({ title: "before" });
      const before = clockNode(at(await store.history(testUser.user, { id: first.id }), 0).clock);
      renameSync(other, path);
      const [task] = await testUser.add({ title: "after" });
      const after = clockNode(at(await store.history(testUser.user, { id: task.id }), 0).clock);
      expect(after).toBe(String(node));
      expect(after).not.toBe(before);
      expect(file.measure("ann").node).toBe(after);
    });
  });

  test("is brought up to date when it is older, with a backup beside it", async () => {
    const [path, other] = [freshPath(), freshPath()];
    const old = openSqlite(other);
    await old.store.close();
    const later = [...sqliteMigrations, { name: "9001_note", sql: "create table note (text text)" }];
    const { store } = openSqlite(path, { migrations: later });
    await store.ping();
    renameSync(other, path);
    await store.ping();
    await store.close();
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["todo.db", "todo.db.before-9001_note"]);
    expect(queryRaw(path, "select name from migrations order by rowid")).toEqual(later.map(({ name }) => name));
  });

  test("is refused and stays as it is when it is none of ours, until one of ours is there", async () => {
    const path = freshPath();
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      move(path, `${path}.away`);
      const foreign = new Database(path, { create: true });
      foreign.run("create table tasks (id integer primary key, name text)");
      foreign.close(true);
      const bytes = readFileSync(path);
      expect(await refusalOf(testUser.add({ title: "lost" }))).toMatchObject({ code: "unreadable_store" });
      expect(readFileSync(path).equals(bytes)).toBe(true);
      rmSync(path);
      move(`${path}.away`, path);
      await testUser.add({ title: "after" });
      expect(await testUser.titles([])).toEqual(["after", "before"]);
    });
  });

  test("is noticed where the path is a link that now leads to it", async () => {
    const [first, other] = [await makeOther("first"), await makeOther("other")];
    const path = join(dirname(freshPath()), "link.db");
    symlinkSync(first, path);
    await withStore(path, async (testUser) => {
      await testUser.add({ title: "before" });
      rmSync(path);
      symlinkSync(other, path);
      await testUser.add({ title: "after" });
    });
    expect(await titlesIn(first)).toEqual(["before", "first"]);
    expect(await titlesIn(other)).toEqual(["after", "other"]);
  });

  test("that is a backup made just before continues where that was made", async () => {
    const path = freshPath();
    await withStore(path, async (testUser, { file }) => {
      await testUser.add({ title: "kept" });
      file.backup(`${path}.copy`);
      await testUser.add({ title: "undone by the backup" });
      copyFileSync(`${path}.copy`, `${path}.new`);
      renameSync(`${path}.new`, path);
      await untilNoticed();
      expect((await testUser.find([])).map(titleOf)).toEqual(["kept"]);
      await testUser.add({ title: "after" });
    });
    expect(await titlesIn(path)).toEqual(["after", "kept"]);
  });
});

test("a database in memory has no file that could go", async () => {
  await withStore(":memory:", async (testUser) => {
    await testUser.add({ title: "x" });
    expect(await testUser.titles([])).toEqual(["x"]);
  });
});
