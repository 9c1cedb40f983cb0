import { describe, expect, test } from "bun:test";
import { ROW_BYTES } from "../../src/ports/usage.ts";
import { useOpened } from "../support/opened.ts";
import { createTestUser, newId } from "../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores, type OpenedSync } from "../support/sync/following.ts";

const NOTHING = { tasks: 0, taskBytes: 0, historyBytes: 0, headBytes: 0 };
const DELETED_AT = "2026-11-20T09:00:00.000Z";

/** What every implementation of the port of usage must do. */
export function describeUsage(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);
    const enter = () => {
      const opened = concurrentStores();
      return { ...opened, testUser: createTestUser(opened.store), stranger: createTestUser(opened.store) };
    };

    test("is nothing of who was never there", async () => {
      const { usage, testUser } = enter();
      expect(await usage.measure(testUser.user)).toEqual(NOTHING);
    });

    test("counts tasks that are not deleted, and bytes of all that is kept of a user, and of no other", async () => {
      const { usage, sync, testUser, stranger } = enter();
      const [gone] = await testUser.add({ title: "gone" }, { title: "kept" });
      await testUser.edit(gone, { deleted_at: DELETED_AT });
      await bring(sync, testUser.user, [arriving({ title: "brought" })]);
      await stranger.add({ title: "theirs" });
      const used = await usage.measure(testUser.user);
      expect(used).toEqual({
        tasks: 2,
        taskBytes: expect.any(Number),
        historyBytes: expect.any(Number),
        headBytes: ROW_BYTES.head,
      });
      expect(used.taskBytes).toBeGreaterThan(3 * ROW_BYTES.task);
      expect(used.historyBytes).toBeGreaterThan(3 * ROW_BYTES.history);
    });

    test("grows with what a task has, and with what it had before", async () => {
      const { usage, testUser } = enter();
      const [task] = await testUser.add({ title: "note" });
      const before = await usage.measure(testUser.user);
      // A database may compress what is even.
      const text = () => crypto.getRandomValues(new Uint8Array(9000)).toHex();
      await testUser.edit(task, { description: text() });
      const written = await usage.measure(testUser.user);
      expect(written.taskBytes - before.taskBytes).toBeGreaterThan(9000);
      expect(written.historyBytes - before.historyBytes).toBeGreaterThan(9000);
      await testUser.edit(task, { description: "" });
      const cleared = await usage.measure(testUser.user);
      expect(cleared.taskBytes).toBeLessThan(before.taskBytes + 1000);
      expect(cleared.historyBytes - written.historyBytes).toBeGreaterThan(9000);
    });

    test("is the same a row, however many there are", async () => {
      const { usage, testUser, stranger } = enter();
      await testUser.add({ title: "one" });
      const one = await usage.measure(testUser.user);
      await stranger.add(...Array.from({ length: 2100 }, () => ({ title: "one" })));
      expect(await usage.measure(stranger.user)).toEqual({
        tasks: 2100,
        taskBytes: 2100 * one.taskBytes,
        historyBytes: 2100 * one.historyBytes,
        headBytes: 0,
      });
    });

    test("answers what says whether a task is deleted, and nothing of another user's or nobody's", async () => {
      const { usage, sync, testUser, stranger } = enter();
      const [kept] = await testUser.add({ title: "kept" });
      const [theirs] = await stranger.add({ title: "theirs", deleted_at: DELETED_AT });
      const [gone, restored] = [arriving({ deleted_at: DELETED_AT }), arriving({ deleted_at: null })];
      await bring(sync, testUser.user, [gone, restored]);
      const ids = [kept.id, gone.id, restored.id, theirs.id, newId(), "\u0001"];
      const deletions = await usage.readDeletions(testUser.user, ids);
      expect(Object.fromEntries(deletions)).toEqual({
        [kept.id]: null,
        [gone.id]: gone.registers["deleted_at"] ?? "",
        [restored.id]: restored.registers["deleted_at"] ?? "",
      });
      expect(await usage.readDeletions(testUser.user, [])).toEqual(new Map());
    });

    test("is nothing any more of an account that was deleted", async () => {
      const { usage, accounts, sync, testUser } = enter();
      await bring(sync, testUser.user, [arriving({ title: "brought" })]);
      await testUser.add({ title: "added" });
      await accounts.deleteAccount(testUser.user);
      expect(await usage.measure(testUser.user)).toEqual(NOTHING);
    });
  });
}
