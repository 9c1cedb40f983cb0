import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Commit } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { useChildren } from "../../support/children/child.ts";
import { createTestUser, type TestUser, newId, only } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { queryRaw } from "../../support/disks/files.ts";
import type { Ends } from "../../support/children/commit-in-groups.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import { countCommits } from "../../support/disks/wal.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";

const LIMITED = join(import.meta.dir, "../../support/children/limited.ts");
const COUNT = 50;

const freshPath = useFreshPaths();
const run = useChildren();

async function withDesk(
  work: (testUser: TestUser, opened: DatabaseFile) => Promise<void>,
  path = freshPath(),
): Promise<void> {
  const opened = openSqlite(path);
  try {
    await work(createTestUser(opened.store), opened);
  } finally {
    await opened.store.close();
  }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `task ${String(number).padStart(5, "0")}`);
}

/** A commit of one new task, with whatever else it has. */
function write(testUser: TestUser, title: string, more: Partial<Commit> = {}) {
  return testUser.commit([{ id: newId(), fields: { title } }], more);
}

describe("writes that arrive together", () => {
  test("wait for the disk once", async () => {
    await withDesk(async (testUser, { file }) => {
      await testUser.add({ title: "first" });
      const before = countCommits(file.path);
      const writes: Promise<readonly Task[]>[] = [];
      for (const title of numbered(COUNT)) {
        writes.push(write(testUser, title));
        // Requests come one after another, but before the event loop turns.
        await Promise.resolve();
      }
      expect((await Promise.all(writes)).map((tasks) => only(tasks).title)).toEqual(numbered(COUNT));
      // One, unless the machine is so busy that the time for a group is up before all are in it.
      expect(countCommits(file.path) - before).toBeLessThan(COUNT / 5);
      expect(await testUser.store.count(testUser.user, [])).toBe(COUNT + 1);
    });
  });

  test("are each on their own in the log, and each has its own revision", async () => {
    await withDesk(async (testUser) => {
      const answers = await Promise.all(numbered(COUNT).map((title) => write(testUser, title)));
      expect(new Set(answers.map((tasks) => only(tasks).revision)).size).toBe(COUNT);
      const entries = await testUser.store.history(testUser.user, {});
      expect(new Set(entries.map(({ clock }) => clock)).size).toBe(COUNT);
    });
  });

  test("from several users stay apart", async () => {
    await withDesk(async (_, { store }) => {
      const desks = numbered(COUNT).map(() => createTestUser(store));
      await Promise.all(desks.map((testUser) => write(testUser, testUser.user)));
      for (const testUser of desks) expect(await testUser.titles([])).toEqual([testUser.user]);
    });
  });

  test("are made in turns of their users, each user's in the order in which they came", async () => {
    await withDesk(async (_, { store }) => {
      const [heavy, other, third] = [createTestUser(store), createTestUser(store), createTestUser(store)];
      const made: string[] = [];
      const add = async (testUser: TestUser, title: string) => {
        await write(testUser, title);
        made.push(title);
      };
      const many = [1, 2, 3, 4, 5].map((count) => add(heavy, `heavy ${count}`));
      await Promise.all([...many, add(other, "other 1"), add(other, "other 2"), add(third, "third 1")]);
      expect(made.join(", ")).toBe("heavy 1, other 1, third 1, heavy 2, other 2, heavy 3, heavy 4, heavy 5");
    });
  });

  test("are there when the store is closed at once", async () => {
    const path = freshPath();
    const { store } = openSqlite(path);
    const testUser = createTestUser(store);
    const writes = Promise.all(numbered(COUNT).map((title) => write(testUser, title)));
    await store.close();
    await writes;
    expect(queryRaw(path, "select count(*) from tasks")).toEqual([COUNT]);
  });

  test("see what those before them wrote", async () => {
    await withDesk(async (testUser) => {
      const id = newId();
      const titles = ["a", "b", "c"];
      const edits = titles.map((title, revision) =>
        testUser.commit([{ id, fields: { title } }], { expected: new Map([[id, revision]]) }),
      );
      expect((await Promise.all(edits)).map((tasks) => only(tasks).title)).toEqual(titles);
      expect(await testUser.store.history(testUser.user, { id })).toHaveLength(3);
    });
  });

  test("may be handed over while another one runs", async () => {
    await withDesk(async (testUser) => {
      const later: Promise<unknown>[] = [];
      const onProgress = () => {
        later.push(write(testUser, "broken", { now: Number.NaN }), write(testUser, "later"));
      };
      await write(testUser, "first", { onProgress });
      await Promise.allSettled(later);
      expect(await testUser.titles([])).toEqual(["first", "later"]);
    });
  });
});

describe("a write that fails among others", () => {
  const breakOff = () => {
    throw new Error("broken off");
  };

  test.each<[string, Partial<Commit>, object]>([
    ["is refused", { expected: new Map([[newId(), 7]]) }, { code: "conflict" }],
    ["is broken off after it was written", { onProgress: breakOff }, { message: "broken off" }],
    ["has a statement that the database refuses", { now: Number.NaN }, { code: "internal" }],
  ])("because it %s takes none of them with it and leaves nothing", async (_, issue, reason) => {
    await withDesk(async (testUser, { file }) => {
      const before = await write(testUser, "before");
      const titles = numbered(COUNT);
      const attempts = titles.map((title, place) => write(testUser, title, place === 20 ? issue : {}));
      const ends = await Promise.allSettled(attempts);
      expect(ends.flatMap((end, place) => (end.status === "rejected" ? [place] : []))).toEqual([20]);
      expect(ends[20]).toMatchObject({ reason });
      const kept = titles.toSpliced(20, 1);
      expect(await testUser.titles([])).toEqual(["before", ...kept]);
      expect(await testUser.store.history(testUser.user, {})).toHaveLength(kept.length + 1);
      const [last] = await write(testUser, "after");
      expect(last?.revision).toBe((before[0]?.revision ?? 0) + kept.length + 1);
      expect(file.check()).toEqual([]);
    });
  });

  test.each([0, 1])("takes the only other one not with it either, at place %d of two", async (failing) => {
    await withDesk(async (testUser) => {
      const attempts = ["one", "two"].map((title, place) =>
        write(testUser, title, place === failing ? { onProgress: breakOff } : {}),
      );
      await Promise.allSettled(attempts);
      expect(await testUser.titles([])).toEqual(["one", "two"].toSpliced(failing, 1));
    });
  });

  test("when it is alone is taken back, and the next one is written", async () => {
    await withDesk(async (testUser) => {
      expect(await write(testUser, "lost", { onProgress: breakOff }).catch(() => "failed")).toBe("failed");
      await write(testUser, "after");
      expect(await testUser.titles([])).toEqual(["after"]);
    });
  });

  test("fails alone also when all of them do", async () => {
    await withDesk(async (testUser) => {
      const attempts = numbered(COUNT).map((title) => write(testUser, title, { expected: new Map([[newId(), 7]]) }));
      const errors = await Promise.all(attempts.map(refusalOf));
      expect(new Set(errors).size).toBe(COUNT);
      expect(await testUser.find([])).toEqual([]);
    });
  });
});

describe("a large write among small ones", () => {
  const many = numbered(2500).map((title) => ({ id: newId(), fields: { title } }));

  test("is written step by step, and all of them end well", async () => {
    await withDesk(async (testUser) => {
      const progress: number[] = [];
      const small = (title: string) => write(testUser, title);
      const large = testUser.commit(many, { returning: false, onProgress: (written) => progress.push(written) });
      await Promise.all([large, ...["x", "y", "z"].map(small)]);
      expect(progress).toEqual([500, 1000, 1500, 2000, 2500]);
      expect(await testUser.store.count(testUser.user, [])).toBe(2503);
    });
  });

  test("ends its group, so that the next one does not keep it from being answered", async () => {
    await withDesk(async (testUser) => {
      const order: string[] = [];
      const edits = numbered(10_000).map((title) => ({ id: newId(), fields: { title } }));
      const first = testUser.commit(edits, { returning: false }).then(() => order.push("first is answered"));
      await Promise.all([first, write(testUser, "next", { onProgress: () => order.push("next is written") })]);
      expect(order).toEqual(["first is answered", "next is written"]);
    });
  });

  test("that is broken off half-way leaves the small ones alone", async () => {
    await withDesk(async (testUser) => {
      const onProgress = (written: number) => {
        if (written > 1000) throw new Error("broken off");
      };
      const small = ["x", "y", "z"].map((title) => write(testUser, title));
      const ends = await Promise.allSettled([...small, testUser.commit(many, { onProgress }), write(testUser, "last")]);
      expect(ends.map(({ status }) => status === "fulfilled")).toEqual([true, true, true, false, true]);
      expect(await testUser.titles([])).toEqual(["last", "x", "y", "z"]);
    });
  });
});

describe("writes that were answered", () => {
  // Slow: eight processes that write for up to a third of a second each.
  test("are all there after the process was killed in the middle of its work", async () => {
    const path = freshPath();
    const notes = `${path}.answered`;
    for (let round = 1; round <= 8; round += 1) {
      writeFileSync(notes, "");
      const child = run("commit-in-groups.ts", [path, `round ${round}`, notes]);
      while (readFileSync(notes).length === 0) await Bun.sleep(1);
      await Bun.sleep(Math.random() * 40 * round);
      await child.kill();
      const answered = readFileSync(notes, "utf8").split("\n").slice(0, -1);
      const kept = new Set(queryRaw(path, "select title from tasks"));
      expect(answered.filter((title) => !kept.has(title))).toEqual([]);
    }
    await withDesk(async (_, { file }) => expect(file.check()).toEqual([]), path);
  }, 30_000);

  test("are none where the disk can't be made to keep them", async () => {
    const path = freshPath();
    await withDesk(async (testUser) => void (await testUser.add({ title: "before" })), path);
    // While someone reads, the -wal file stays. Its first write is synced in any mode, all others only with synchronous=FULL.
    const reader = new Database(path, { readonly: true });
    reader.run("begin");
    reader.query("select count(*) from tasks").get();
    await withDesk(async (testUser) => void (await testUser.add({ title: "another" })), path);
    const child = run("commit-in-groups.ts", [path], { wrap: [process.execPath, LIMITED, "no-sync"] });
    const ends: Ends = JSON.parse(await child.lastLine());
    expect(ends.map((end) => end?.code)).toEqual(ends.map(() => "io_failed"));
    reader.close(true);
  });
});
