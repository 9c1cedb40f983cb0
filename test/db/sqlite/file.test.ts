import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createTestUser, titleOf } from "../../support/stores/test-user.ts";
import { refusal } from "../../support/errors.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";

const freshPath = useFreshPaths();

/** Runs SQL on an open database past the store. */
function tamper(path: string, sql: string): void {
  const raw = new Database(path, { readwrite: true });
  raw.run(sql);
  raw.close(true);
}

async function withStore(
  work: (opened: DatabaseFile, path: string) => Promise<void>,
  path = freshPath(),
): Promise<void> {
  const opened = openSqlite(path);
  try {
    await work(opened, path);
  } finally {
    await opened.store.close();
  }
}

describe("a store in a file", () => {
  test("is one file that only its owner can read, when it is closed", async () => {
    const path = freshPath();
    await withStore(async ({ store }) => void (await createTestUser(store).add({ title: "x" })), path);
    expect(readdirSync(dirname(path))).toEqual(["todo.db"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("has everything again when it is opened again, under the same node", async () => {
    const path = freshPath();
    const first = openSqlite(path);
    const testUser = createTestUser(first.store);
    const [task] = await testUser.add({ title: "x", "tag:a": true });
    const { node } = first.file.measure("ann");
    await first.store.close();
    const second = openSqlite(path);
    expect(await second.store.get(testUser.user, [task.id])).toEqual([task]);
    expect(second.file.measure("ann").node).toBe(node);
    await second.store.close();
  });

  test("can be kept in memory", async () => {
    const { store, file } = openSqlite(":memory:");
    const [task] = await createTestUser(store).add({ title: "x" });
    expect(task.title).toBe("x");
    expect(file.check()).toEqual([]);
    await store.close();
  });

  test("may have any name that a file can have", async () => {
    const path = join(dirname(freshPath()), "naïve ?#%20 'name' 🦊.db");
    await withStore(async ({ file }) => expect(file.path).toBe(path), path);
    expect(readdirSync(dirname(path))).toEqual([path.slice(dirname(path).length + 1)]);
  });
});

describe("a large commit", () => {
  const drafts = Array.from({ length: 2500 }, (_, number) => ({
    id: Bun.randomUUIDv7(),
    fields: { title: `${number}` },
  }));

  test("says how far it is, up to the end", async () => {
    await withStore(async ({ store }) => {
      const written: number[] = [];
      await createTestUser(store).commit(drafts, { onProgress: (count) => written.push(count) });
      expect(written.length).toBeGreaterThan(1);
      expect(written).toEqual(written.toSorted((one, other) => one - other));
      expect(written.at(-1)).toBe(drafts.length);
    });
  });

  test("that is broken off half-way writes nothing at all, and the next one is written", async () => {
    await withStore(async ({ store }) => {
      const testUser = createTestUser(store);
      const breakOff = () => {
        throw new Error("broken off");
      };
      const [outcome] = await Promise.allSettled([testUser.commit(drafts, { onProgress: breakOff })]);
      expect(outcome).toMatchObject({ status: "rejected", reason: { message: "broken off" } });
      expect(await testUser.find([])).toEqual([]);
      expect(await store.history(testUser.user, {})).toEqual([]);
      const [task] = await testUser.add({ title: "after" });
      expect(task.revision).toBe(1);
    });
  });
});

describe("a backup", () => {
  test("has what was there and opens as a store, for its owner only", async () => {
    await withStore(async ({ store, file }, path) => {
      const testUser = createTestUser(store);
      await testUser.add({ title: "kept" });
      file.backup(`${path}.copy`);
      await testUser.add({ title: "later" });
      expect(statSync(`${path}.copy`).mode & 0o777).toBe(0o600);
      await withStore(async (copy) => {
        const { tasks } = await copy.store.find(testUser.user, { where: [] });
        expect(tasks.map(titleOf)).toEqual(["kept"]);
        expect(copy.file.check()).toEqual([]);
      }, `${path}.copy`);
    });
  });

  test("never overwrites a file", async () => {
    await withStore(async ({ file }, path) => {
      writeFileSync(`${path}.copy`, "precious");
      const error = refusal(() => file.backup(`${path}.copy`));
      expect(error).toMatchObject({ code: "conflict", message: `${path}.copy is there already` });
      expect(error.hints).not.toEqual([]);
      expect(readFileSync(`${path}.copy`, "utf8")).toBe("precious");
    });
  });

  test("to a folder that is not there is refused by its path, and nothing is left behind", async () => {
    await withStore(async ({ file }, path) => {
      const target = join(dirname(path), "nowhere", "copy.db");
      const error = refusal(() => file.backup(target));
      expect(error).toMatchObject({ code: "unreadable_store", message: `${target}: its folder is not there` });
      expect(readdirSync(dirname(path)).filter((name) => name.includes("copy"))).toEqual([]);
    });
  });
});

describe("the measures of a store", () => {
  test("count a user's tasks by status and changes, and the tasks of others that are there", async () => {
    await withStore(async ({ store, file }) => {
      const now = "2026-11-20T09:00:00.000Z";
      const [ada, ben] = [createTestUser(store), createTestUser(store)];
      await ada.add({ title: "a" }, { title: "b" }, { title: "c", completed_at: now });
      await ada.add({ title: "d", deleted_at: now, completed_at: now });
      await ben.add({ title: "e" }, { title: "f", deleted_at: now });
      expect(file.measure(ada.user)).toMatchObject({ pending: 2, completed: 1, deleted: 1, changes: 2, others: 1 });
      expect(file.measure(ben.user)).toMatchObject({ pending: 1, completed: 0, deleted: 1, changes: 1, others: 3 });
    });
  });

  test("say which schema it has, which node it is and how large it is", async () => {
    await withStore(async ({ file }) => {
      const { schema, node, bytes } = file.measure("ann");
      expect(schema).toBe(sqliteMigrations.at(-1)?.name ?? "");
      expect(node).toMatch(/^[0-9a-f]{8}$/);
      expect(bytes).toBeGreaterThan(4096);
    });
  });
});

describe("the check of a store", () => {
  test("finds nothing in a sound one", async () => {
    await withStore(async ({ store, file }) => {
      await createTestUser(store).add({ title: "x" });
      expect(file.check()).toEqual([]);
    });
  });

  test.each([
    ["a lost index", "drop index tasks_open", "tasks_open is missing"],
    ["a lost table", "drop table history", "history is missing"],
  ])("finds %s", async (_, sql, problem) => {
    await withStore(async ({ store, file }, path) => {
      await createTestUser(store).add({ title: "x" });
      tamper(path, sql);
      expect(file.check()).toEqual([problem]);
    });
  });

  test("finds registers that a disk damaged", async () => {
    const path = freshPath();
    await withStore(async ({ store }) => void (await createTestUser(store).add({ title: "x" })), path);
    const damaged = readFileSync(path, "latin1").replaceAll('{"title":', '!"title":');
    writeFileSync(path, damaged, "latin1");
    await withStore(async ({ file }) => expect(file.check()).toContain("1 tasks have unreadable registers"), path);
  });
});
