import { describe, expect, test } from "bun:test";
import { createTestUser, newId, only } from "../../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";
import { describeRegisters, NASTY_KEYS } from "../../../support/tasks/registers.ts";

export function describePages(concurrentStores: ConcurrentSyncStores): void {
  describe("a page", () => {
    const open = () => {
      const { store, sync } = concurrentStores();
      const testUser = createTestUser(store);
      return { sync, testUser, user: testUser.user };
    };

    test("has what changed behind a position, in the order of revisions", async () => {
      const { sync, testUser, user } = open();
      const [one, two, three] = await testUser.add({ title: "one" }, { title: "two" }, { title: "three" });
      const edited = await testUser.edit(one, { title: "one again" });
      const { tasks, more, head } = await bring(sync, user, []);
      expect(tasks.map(({ id, revision }) => [id, revision])).toEqual([
        [two.id, two.revision],
        [three.id, three.revision],
        [one.id, edited.revision],
      ]);
      expect([more, head.revision]).toEqual([false, edited.revision]);
      const behind = await bring(sync, user, [], { after: two.revision });
      expect(behind.tasks).toEqual(tasks.slice(1));
      expect((await bring(sync, user, [], { after: edited.revision })).tasks).toEqual([]);
    });

    test("has a task's registers as they are stored, deleted ones and unknown fields too", async () => {
      const { sync, user } = open();
      const unknown = Object.fromEntries(NASTY_KEYS.map((key) => [key, `of ${key}`]));
      const sent = arriving({ title: "gone", deleted_at: "2026-11-20T09:00:00.000Z", ...unknown });
      await bring(sync, user, [sent]);
      const { id, registers } = only((await bring(sync, user, [])).tasks);
      expect([id, describeRegisters(registers)]).toEqual([sent.id, describeRegisters(sent.registers)]);
    });

    test.each([
      [1, 1, true],
      [4, 4, true],
      [5, 5, false],
      [6, 5, false],
    ])("with a limit of %i of 5 tasks has %i, and says whether there are more", async (limit, size, more) => {
      const { sync, testUser, user } = open();
      const made = await testUser.add(...Array.from({ length: 5 }, (_, at) => ({ title: `${at}` })));
      const page = await bring(sync, user, [], { limit });
      expect(page.tasks.map(({ id }) => id)).toEqual(made.slice(0, size).map(({ id }) => id));
      expect(page.more).toBe(more);
    });

    test("has a head of everything, also where there are more", async () => {
      const { sync, testUser, user } = open();
      const made = await testUser.add({ title: "one" }, { title: "two" });
      const page = await bring(sync, user, [], { limit: 1 });
      expect(page.head.revision).toBe(made[1].revision);
    });

    test("has nothing of what the same call brought, and the next one from there neither", async () => {
      const { sync, user } = open();
      const sent = arriving({ title: "mine" });
      const page = await bring(sync, user, [sent]);
      expect(page).toMatchObject({ tasks: [], more: false });
      expect((await bring(sync, user, [], { after: page.head.revision })).tasks).toEqual([]);
      expect((await bring(sync, user, [])).tasks).toMatchObject([sent]);
    });

    test("has a task that the call changes too as it was before", async () => {
      const { sync, testUser, user } = open();
      const [task] = await testUser.add({ title: "theirs" });
      const mine = arriving({ title: "mine", due_date: "2026-12-01" }, { id: task.id, later: 60_000 });
      const { tasks, head } = await bring(sync, user, [mine]);
      const { revision, registers } = only(tasks);
      expect([revision, Object.keys(registers)]).toEqual([task.revision, ["title"]]);
      expect(registers["title"]).toEndWith('"theirs"');
      expect(head.revision).toBeGreaterThan(revision);
    });

    test("leaves what the call changes for later where that lies behind the limit", async () => {
      const { sync, testUser, user } = open();
      const [one, two] = await testUser.add({ title: "one" }, { title: "two" });
      const mine = arriving({ title: "mine" }, { id: two.id, later: 60_000 });
      const page = await bring(sync, user, [mine], { limit: 1 });
      expect([page.tasks.map(({ id }) => id), page.more]).toEqual([[one.id], true]);
      const next = await bring(sync, user, [], { after: one.revision });
      expect(only(next.tasks)).toMatchObject(mine);
    });

    test("has what the log of nobody has: it is not a change of this database's user", async () => {
      const { sync, testUser, user } = open();
      await bring(sync, user, [arriving({ title: "mine" })]);
      expect(await testUser.store.history(user, {})).toEqual([]);
    });

    test("merges one task that comes three times in a call once, with the latest of each field", async () => {
      const { sync, user } = open();
      const id = newId();
      const { head } = await bring(sync, user, [
        arriving({ title: "b", priority: "low" }, { id, later: 2 }),
        arriving({ title: "c" }, { id, later: 3 }),
        arriving({ title: "a", project: "x" }, { id, later: 1 }),
      ]);
      expect(head.revision).toBe(1);
      const { registers } = only((await bring(sync, user, [])).tasks);
      const latest = { ...arriving({ title: "c" }, { later: 3 }).registers };
      expect(registers).toEqual({
        ...latest,
        ...arriving({ priority: "low" }, { later: 2 }).registers,
        ...arriving({ project: "x" }, { later: 1 }).registers,
      });
    });

    test("of one user has nothing of another, also where both have a task of one id", async () => {
      const { sync, testUser, user } = open();
      const other = open();
      const [task] = await testUser.add({ title: "mine" });
      await bring(sync, other.user, [arriving({ title: "theirs" }, { id: task.id })]);
      const mine = only((await bring(sync, user, [])).tasks);
      const theirs = only((await bring(sync, other.user, [])).tasks);
      expect([mine.registers["title"]?.slice(24), theirs.registers["title"]?.slice(24)]).toEqual([
        '"mine"',
        '"theirs"',
      ]);
    });
  });

  describe("what a call brings", () => {
    test("is a task for everybody who reads", async () => {
      const { store, sync } = concurrentStores();
      const testUser = createTestUser(store);
      const sent = arriving({ title: "Pay rent", "tag:home": true });
      await bring(sync, testUser.user, [sent]);
      expect(await testUser.get(sent.id)).toMatchObject({ title: "Pay rent", tags: ["home"] });
    });

    test("moves the clock on, so that an edit afterwards is the later one", async () => {
      const { store, sync } = concurrentStores();
      const testUser = createTestUser(store);
      const sent = arriving({ title: "from a device that is ahead" }, { later: 59_000 });
      await bring(sync, testUser.user, [sent]);
      const edited = await testUser.edit(await testUser.get(sent.id), { title: "edited here" });
      expect(edited.title).toBe("edited here");
    });

    test("changes what it is later than, field by field, and nothing else", async () => {
      const { store, sync } = concurrentStores();
      const testUser = createTestUser(store);
      const [task] = await testUser.add({ title: "here", project: "here" });
      const old = arriving({ title: "old", project: "old" }, { id: task.id, later: -60_000 });
      const late = arriving({ project: "late" }, { id: task.id, later: 60_000 });
      await bring(sync, testUser.user, [old, late]);
      expect(await testUser.get(task.id)).toMatchObject({ title: "here", project: "late" });
    });
  });
}
