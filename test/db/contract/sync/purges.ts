import { describe, expect, test } from "bun:test";
import { clockTime } from "../../../../src/domain/task/clock.ts";
import type { Cursor } from "../../../../src/ports/sync.ts";
import { encodeCursor } from "../../../../src/services/sync/cursor.ts";
import { exchange } from "../../../../src/services/sync/exchange.ts";
import { at, createTestUser, OPENING } from "../../../support/stores/test-user.ts";
import { refusalOf } from "../../../support/errors.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

const DELETED_AT = "2026-11-20T09:00:00.000Z";
/** Later than all that is written here. */
const LATER = OPENING + 1_000_000;

export function describePurges(concurrentStores: ConcurrentSyncStores): void {
  const open = () => {
    const met = concurrentStores();
    const testUser = createTestUser(met.store);
    const { user } = testUser;
    const remove = (later = 0) => arriving({ title: "gone", deleted_at: DELETED_AT }, { later });
    const idsOf = async (who = user) => (await bring(met.sync, who, [])).tasks.map(({ id }) => id);
    return { ...met, testUser, user, remove, idsOf };
  };

  describe("the revision of a user", () => {
    test("moves on with every change, and is 0 of one who was never there", async () => {
      const { sync, others, testUser, user } = open();
      expect(await sync.revision(user)).toBe(0);
      const { head } = await bring(sync, user, [arriving({ title: "a" }), arriving({ title: "b" })]);
      expect([await sync.revision(user), await others.revision(user)]).toEqual([head.revision, head.revision]);
      const [task] = await testUser.add({ title: "c" });
      expect(await sync.revision(user)).toBe(task.revision);
      expect(await sync.revision(open().user)).toBe(0);
    });
  });

  describe("a purge", () => {
    test("removes deleted tasks for good, and says how many", async () => {
      const { sync, user, remove, idsOf } = open();
      const kept = arriving({ title: "kept" });
      await bring(sync, user, [remove(), kept, remove()]);
      expect(await sync.purge(user, LATER)).toBe(2);
      expect(await idsOf()).toEqual([kept.id]);
      expect(await sync.purge(user, LATER)).toBe(0);
    });

    test("leaves a task that somebody has changed since that time, in whichever field, or has restored", async () => {
      const { sync, user, remove, idsOf } = open();
      const [edited, restored, old, same] = [remove(), remove(), remove(-1), remove()];
      await bring(sync, user, [edited, restored, old, same]);
      await bring(sync, user, [
        arriving({ priority: "low" }, { id: edited.id, later: 5 }),
        arriving({ deleted_at: null }, { id: restored.id, later: -9 }),
        arriving({ deleted_at: null }, { id: restored.id, later: 1 }),
      ]);
      expect(await sync.purge(user, OPENING)).toBe(1);
      expect(await idsOf()).toEqual([same.id, edited.id, restored.id]);
      expect(await sync.purge(user, OPENING + 5)).toBe(1);
      expect(await sync.purge(user, LATER)).toBe(1);
      expect(await idsOf()).toEqual([restored.id]);
    });

    test("removes what was deleted here too", async () => {
      const { sync, testUser, user } = open();
      const [task] = await testUser.add({ title: "x" });
      await testUser.edit(task, { deleted_at: DELETED_AT });
      const [entry] = await testUser.store.history(user, { id: task.id, limit: 1 });
      const changedAt = clockTime(entry?.clock ?? "");
      expect(await sync.purge(user, changedAt)).toBe(0);
      expect(await sync.purge(user, changedAt + 1)).toBe(1);
    });

    test("takes with a task all that the log has of it, and nothing of the others", async () => {
      const { sync, testUser, user } = open();
      const [kept, gone] = await testUser.add({ title: "kept" }, { title: "gone" });
      await testUser.edit(gone, { title: "gone soon" });
      await testUser.edit(gone, { deleted_at: DELETED_AT });
      expect(await sync.purge(user, LATER)).toBe(1);
      expect((await testUser.store.history(user, {})).map(({ id }) => id)).toEqual([kept.id]);
    });

    test("takes from the log what it has of tasks that have been gone for as long", async () => {
      const { sync, testUser, user, byHand } = open();
      const [kept, gone] = await testUser.add({ title: "kept" }, { title: "gone" });
      const [entry] = await testUser.store.history(user, { id: gone.id });
      const loggedAt = clockTime(entry?.clock ?? "");
      await byHand(`delete from tasks where id = '${gone.id}'`);
      await sync.purge(user, loggedAt);
      expect(await testUser.store.history(user, { id: gone.id })).toHaveLength(1);
      await sync.purge(user, loggedAt + 1);
      expect(await testUser.store.history(user, { id: gone.id })).toEqual([]);
      expect(await testUser.store.history(user, { id: kept.id })).toHaveLength(1);
    });

    test("of more tasks than are looked at in one read takes them all", async () => {
      const { sync, testUser, user, remove, idsOf } = open();
      const kept = arriving({ title: "kept" });
      await bring(sync, user, [...Array.from({ length: 250 }, () => remove()), kept]);
      await testUser.add(...Array.from({ length: 120 }, () => ({ title: "gone", deleted_at: DELETED_AT })));
      expect(await sync.purge(user, LATER)).toBe(370);
      expect(await idsOf()).toEqual([kept.id]);
      expect(await testUser.store.history(user, {})).toEqual([]);
    });

    test("leaves to undo what is not gone for good", async () => {
      const { sync, testUser, user } = open();
      const [kept] = await testUser.add({ title: "kept" });
      const [gone] = await testUser.add({ title: "gone" });
      await testUser.edit(gone, { deleted_at: DELETED_AT });
      expect(await sync.purge(user, LATER)).toBe(1);
      expect((await testUser.store.lastChange(user)).map(({ id }) => id)).toEqual([kept.id]);
    });

    test("removes nothing of another user, and moves nothing on of theirs", async () => {
      const { sync, user, remove, idsOf } = open();
      const { user: stranger } = open();
      const task = remove();
      for (const who of [user, stranger]) await bring(sync, who, [task]);
      await sync.purge(user, LATER);
      expect(await idsOf(stranger)).toEqual([task.id]);
      expect((await sync.precheck(stranger, { head: null, arrivals: [] })).purgedUpTo).toBe(0);
    });

    test("lets cursors expire that are before what it removed, and no others", async () => {
      const { sync, user, remove } = open();
      const ask = (cursor: string) => exchange({ sync, user }, { cursor, limit: 10, changes: [] });
      const cursors: string[] = [];
      for (const task of [arriving({ title: "a" }), remove(), remove(), arriving({ title: "b" })]) {
        cursors.push((await exchange({ sync, user }, { cursor: null, limit: 10, changes: [task] })).cursor);
      }
      expect(await sync.purge(user, LATER)).toBe(2);
      const outcomes = await Promise.allSettled(cursors.map(ask));
      expect(outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "fine"))).toEqual([
        "cursor_expired",
        "cursor_expired",
        "fine",
        "fine",
      ]);
    });

    test("before somebody begins at the start holds them up on no page, and one after that does", async () => {
      const { sync, user, remove } = open();
      const tasks = [arriving({ title: "a" }), arriving({ title: "b" }), arriving({ title: "c" })];
      await bring(sync, user, tasks);
      const ask = (cursor: string | null) => exchange({ sync, user }, { cursor, limit: 1, changes: [] });
      await bring(sync, user, [remove()]);
      await sync.purge(user, LATER);
      const first = await ask(null);
      const second = await ask(first.cursor);
      expect(second.changes.map(({ id }) => id)).toEqual([at(tasks, 1).id]);
      await bring(sync, user, [remove()]);
      await sync.purge(user, LATER);
      expect((await refusalOf(ask(second.cursor))).code).toBe("cursor_expired");
    });

    test("never lets a cursor be good again that has expired", async () => {
      const { sync, user, remove } = open();
      const purged = async () => (await sync.precheck(user, { head: null, arrivals: [] })).purgedUpTo;
      const [early, late] = [remove(9), remove()];
      await bring(sync, user, [early, late]);
      await sync.purge(user, OPENING + 1);
      expect(await purged()).toBe(2);
      await sync.purge(user, LATER);
      expect(await purged()).toBe(2);
      expect(await sync.revision(user)).toBe(2);
    });

    test("of somebody who was never there, or has nothing deleted, writes nothing", async () => {
      const { sync, user, photograph } = open();
      await bring(sync, user, [arriving({ title: "a" })]);
      const before = await photograph();
      expect([await sync.purge(user, LATER), await sync.purge(open().user, LATER)]).toEqual([0, 0]);
      expect(await photograph()).toEqual(before);
    });

    test("between the look and the exchange is not missed by who brings something, nor by who only reads", async () => {
      const { sync, user, remove, idsOf } = open();
      const first = arriving({ title: "a" });
      await bring(sync, user, [first]);
      const gone = remove();
      await bring(sync, user, [gone]);
      const { purgedUpTo } = await sync.precheck(user, { head: null, arrivals: [] });
      await sync.purge(user, LATER);
      for (const arrivals of [[], [arriving({ title: "half" }, { id: gone.id, later: 3 })]]) {
        const late = { arrivals, after: 1, limit: 10, now: OPENING, purgedUpTo };
        expect((await refusalOf(sync.exchange(user, late))).code).toBe("cursor_expired");
        expect((await sync.exchange(user, { ...late, arrivals: [], purgedUpTo: 2 })).tasks).toEqual([]);
      }
      expect(await idsOf()).toEqual([first.id]);
    });

    test("leaves the heads, so that an old replica is told from one with another history", async () => {
      const { sync, user, remove } = open();
      const { head } = await bring(sync, user, [remove()]);
      await bring(sync, user, [remove()]);
      await sync.purge(user, LATER);
      expect((await sync.precheck(user, { head, arrivals: [] })).isKnown).toBe(true);
      const { databaseId: epoch } = await sync.precheck(user, { head: null, arrivals: [] });
      const cursor: Cursor = { databaseId: epoch, position: head.revision, head, purgedUpTo: 0 };
      const ask = exchange({ sync, user }, { cursor: encodeCursor(cursor), limit: 10, changes: [] });
      expect((await refusalOf(ask)).code).toBe("cursor_expired");
    });

    test("while others restore and purge leaves what is restored, and nothing else", async () => {
      const { sync, others, user, remove, idsOf } = open();
      const tasks = Array.from({ length: 12 }, () => remove());
      await bring(sync, user, tasks);
      const edits = tasks.slice(0, 6).map(({ id }) => arriving({ deleted_at: null }, { id, later: 7 }));
      const [, , ...counts] = await Promise.all([
        bring(others, user, edits.slice(0, 3), { after: 0 }),
        bring(sync, user, edits.slice(3), { after: 0 }),
        sync.purge(user, LATER),
        others.purge(user, LATER),
      ]);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
      expect((await idsOf()).toSorted()).toEqual(edits.map(({ id }) => id).toSorted());
    });
  });
}
