import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useChildren } from "../../support/children/child.ts";
import { createTestUser, type TestUser } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";
import { useOpenings } from "../../support/children/opening.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();
const run = useChildren();
const openElsewhere = useOpenings();

/** A database with one task that another process holds from now on. */
async function withHeld(work: (testUser: TestUser, release: () => Promise<void>) => Promise<void>): Promise<void> {
  const path = freshPath();
  const { store } = openSqlite(path);
  const testUser = createTestUser(store);
  await testUser.add({ title: "before" });
  const holder = run("hold-lock.ts", [path]);
  await holder.firstLine();
  try {
    await work(testUser, holder.kill);
  } finally {
    await holder.kill();
    await store.close();
  }
}

describe("while another process holds the database", () => {
  test("tasks are read at once, and what waits to be written is written when it lets go", async () => {
    await withHeld(async (testUser, release) => {
      const writes = Promise.all([testUser.add({ title: "x" }), testUser.add({ title: "y" })]);
      for (let round = 0; round < 20; round += 1) {
        const start = performance.now();
        expect(await testUser.titles([])).toEqual(["before"]);
        expect(performance.now() - start).toBeLessThan(100);
        await Bun.sleep(10);
      }
      await release();
      await writes;
      expect(await testUser.titles([])).toEqual(["before", "x", "y"]);
    });
  });

  test("nothing else in this process is held up", async () => {
    await withHeld(async (testUser, release) => {
      const write = testUser.add({ title: "x" });
      let longest = 0;
      for (let last = performance.now(), round = 0; round < 100; round += 1) {
        await Bun.sleep(2);
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      expect(longest).toBeLessThan(100);
      await release();
      await write;
    });
  });

  test("a known user is let in, and only a new one has to wait", async () => {
    await withHeld(async (testUser, release) => {
      await testUser.store.ensureUser(testUser.user);
      let enrolled = false;
      const enrolment = testUser.store.ensureUser("someone new").then(() => (enrolled = true));
      await Bun.sleep(50);
      expect(enrolled).toBe(false);
      await release();
      await enrolment;
    });
  });

  // Slow: it waits for five seconds.
  test("for more than five seconds all that wait are told so, and later ones are written", async () => {
    await withHeld(async (testUser, release) => {
      const start = performance.now();
      const early = [testUser.add({ title: "x" }), testUser.add({ title: "y" })].map(refusalOf);
      await Bun.sleep(3000);
      const late = refusalOf(testUser.add({ title: "z" }));
      for (const error of await Promise.all([...early, late])) {
        expect(error).toMatchObject({ code: "locked", retryAfter: 1 });
        expect(error.message).toEndWith("another process has held the database for more than 5 seconds");
      }
      expect(performance.now() - start).toBeWithin(5000, 6000);
      const write = testUser.add({ title: "after" });
      await release();
      await write;
      expect(await testUser.titles([])).toEqual(["after", "before"]);
    });
  }, 15_000);
});

// Slow: three processes with thirty commits each, beside one that never pauses.
test("a busy process lets others have their turn", async () => {
  const path = freshPath();
  const { store } = openSqlite(path);
  const testUser = createTestUser(store);
  const stop = new AbortController();
  const write = async () => {
    while (!stop.signal.aborted) await testUser.add({ title: "busy" });
  };
  const busy = Array.from({ length: 50 }, write);
  const titles = Array.from({ length: 30 }, (_, number) => `${number}`);
  const outcomes = await Promise.all([0, 1, 2].map(() => openElsewhere({ path, titles }).outcome()));
  stop.abort();
  await Promise.all(busy);
  expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
  expect(await store.count("local", [])).toBe(90);
  await store.close();
}, 30_000);
