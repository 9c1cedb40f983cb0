import { describe, expect, test } from "bun:test";
import type { Head } from "../../../../src/ports/sync.ts";
import { createTestUser } from "../../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

export function describeLooks(concurrentStores: ConcurrentSyncStores): void {
  const open = () => {
    const met = concurrentStores();
    const testUser = createTestUser(met.store);
    const { user } = testUser;
    const knows = async (head: Head | null, who = user) =>
      (await met.sync.precheck(who, { head, arrivals: [] })).isKnown;
    const differs = async (...arrivals: ReturnType<typeof arriving>[]) =>
      (await met.sync.precheck(user, { head: null, arrivals })).differs;
    return { ...met, testUser, user, knows, differs };
  };

  describe("a look", () => {
    test("says the time of the database and its name, the same to everybody, and writes nothing", async () => {
      const { sync, others, user, photograph } = open();
      const before = await photograph();
      const look = await sync.precheck(user, { head: null, arrivals: [arriving({ title: "x" })] });
      const other = await others.precheck(open().user, { head: null, arrivals: [] });
      expect(Math.abs(look.now - Date.now())).toBeLessThan(5000);
      expect(Number.isInteger(look.now)).toBe(true);
      expect(look.databaseId).toMatch(/^[\w-]{32,36}$/);
      expect(other.databaseId).toBe(look.databaseId);
      expect(await photograph()).toEqual(before);
    });

    test("knows every head that was shown", async () => {
      const { sync, user, knows } = open();
      const heads = [(await bring(sync, user, [])).head];
      for (const title of ["a", "b"]) heads.push((await bring(sync, user, [arriving({ title })])).head);
      for (const head of heads) expect(await knows(head)).toBe(true);
    });

    test("knows no head of another revision, of another tag or of another user, and not none", async () => {
      const { sync, user, knows } = open();
      const stranger = open().user;
      const first = (await bring(sync, user, [arriving({ title: "a" })])).head;
      const second = (await bring(sync, user, [arriving({ title: "b" })])).head;
      await bring(sync, stranger, [arriving({ title: "a" })]);
      expect(await knows({ ...first, revision: 99 })).toBe(false);
      expect(await knows({ ...first, tag: second.tag })).toBe(false);
      expect(await knows({ ...first, tag: crypto.randomUUID() })).toBe(false);
      expect(await knows(first, stranger)).toBe(false);
      expect(await knows(null)).toBe(false);
    });

    test("knows no head of a history that a backup took back", async () => {
      const { sync, user, knows, byHand } = open();
      const { head } = await bring(sync, user, [arriving({ title: "lost" })]);
      await byHand(`delete from heads where user_id = '${user}' and revision = ${head.revision}`);
      await byHand(`update users set revision = revision - 1 where id = '${user}'`);
      const other = await bring(sync, user, [arriving({ title: "another" })]);
      expect(other.head.revision).toBe(head.revision);
      expect([await knows(head), await knows(other.head)]).toEqual([false, true]);
    });

    test("says how far deleted tasks are gone for good", async () => {
      const { sync, user, byHand } = open();
      const stranger = open().user;
      const purged = async (who: string) => (await sync.precheck(who, { head: null, arrivals: [] })).purgedUpTo;
      expect(await purged(user)).toBe(0);
      await bring(sync, user, [arriving({ title: "a" })]);
      await byHand(`update users set purged = 7 where id = '${user}'`);
      expect([await purged(user), await purged(stranger)]).toEqual([7, 0]);
    });
  });

  describe("what would be merged differs", () => {
    test("where a task, a field or a later clock is new", async () => {
      const { sync, user, differs } = open();
      const task = arriving({ title: "here" });
      const { id } = task;
      await bring(sync, user, [task]);
      expect(await differs(arriving({ title: "here" }))).toBe(true);
      expect(await differs(arriving({ priority: "low" }, { id, later: -1 }))).toBe(true);
      expect(await differs(arriving({ title: "here" }, { id, later: 1 }))).toBe(true);
      expect(await differs(task, arriving({ title: "here" }, { id, later: 1 }))).toBe(true);
      // With equal clocks the larger value wins.
      expect(await differs(arriving({ title: "larger" }, { id }))).toBe(true);
    });

    test("not where it is there already or is older, so that a repetition writes nothing", async () => {
      const { sync, user, differs } = open();
      const tasks = [arriving({ title: "here", "tag:x": true }), arriving({ title: "too" })];
      const [{ id } = { id: "" }] = tasks;
      await bring(sync, user, tasks);
      expect(await differs()).toBe(false);
      expect(await differs(...tasks)).toBe(false);
      expect(await differs(...tasks, ...tasks)).toBe(false);
      expect(await differs(arriving({ title: "older" }, { id, later: -1 }))).toBe(false);
      expect(await differs(arriving({ title: "a smaller one" }, { id }))).toBe(false);
    });

    test("where only another user has it", async () => {
      const { differs } = open();
      const { sync, user } = open();
      const task = arriving({ title: "theirs" });
      await bring(sync, user, [task]);
      expect(await differs(task)).toBe(true);
    });
  });
}
