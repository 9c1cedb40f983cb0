import { describe, expect, test } from "bun:test";
import { at, createTestUser, newId } from "../../../support/stores/test-user.ts";
import { arriving, bring, createFollower, type ConcurrentSyncStores } from "../../../support/sync/following.ts";
import { describeTasks } from "../../../support/tasks/registers.ts";

const WRITERS = 8;
const CALLS = 12;
const SHARED = 6;

export function describeWriters(concurrentStores: ConcurrentSyncStores): void {
  describe("while many write at once", () => {
    /** Each brings tasks of all and of its own, and edits some as the API does. */
    const start = (user: string) => {
      const { sync, others, store } = concurrentStores();
      const ids = Array.from({ length: SHARED }, newId);
      const work = async (writer: number) => {
        for (let call = 0; call < CALLS; call += 1) {
          const id = at(ids, (writer + call) % SHARED);
          const title = `${writer} ${call}`;
          const arrivals = [
            arriving({ title, [`tag:w${writer}`]: call % 2 === 0 }, { id, later: call * 10 + writer }),
            arriving({ title }),
          ];
          if (call % 4 === 3) await store.commit(user, { action: "edit", now: 1, edits: [{ id, fields: { title } }] });
          else await bring(writer % 2 === 0 ? sync : others, user, arrivals, { limit: 1 });
        }
      };
      return Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(writer)));
    };

    test("each task that is deleted or added is counted by one call", async () => {
      const { sync, others, store } = concurrentStores();
      const { user } = createTestUser(store);
      const call = async (deletedAt: string | null, id: string, later: number) => {
        const arrivals = [arriving({ deleted_at: deletedAt }, { id, later })];
        const request = { arrivals, after: 0, limit: 0, now: 0, counts: true };
        return (await (later % 2 === 0 ? sync : others).exchange(user, request)).added;
      };
      const id = newId();
      const sums: number[] = [];
      for (const [round, deletedAt] of [null, "2026-11-20T09:00:00.000Z", null].entries()) {
        const calls = Array.from({ length: WRITERS }, (_, writer) => call(deletedAt, id, round * 100 + writer));
        sums.push((await Promise.all(calls)).reduce<number>((sum, added = Number.NaN) => sum + added, 0));
      }
      expect(sums).toEqual([1, -1, 1]);
      expect(await bring(sync, user, [arriving({ title: "x" })])).not.toHaveProperty("added");
    });

    test("a follower in pages of 3 ends with what all others have", async () => {
      const { sync, others, store } = concurrentStores();
      const { user } = createTestUser(store);
      let isWriting = true;
      const writing = start(user).finally(() => {
        isWriting = false;
      });
      const follower = createFollower(user);
      let pages = 0;
      for (let more = true; more; pages += 1) {
        // A read of a file takes no turn of the event loop, and the writers need some.
        await Bun.sleep(0);
        const wasWriting = isWriting;
        more = (await follower.pull(pages % 2 === 0 ? sync : others, 3)).more || wasWriting;
      }
      await writing;
      const whole = createFollower(user);
      await whole.pull(sync, 1000);
      expect(whole.tasks.size).toBeGreaterThan(WRITERS * CALLS * 0.7);
      expect(describeTasks(follower.tasks)).toEqual(describeTasks(whole.tasks));
      expect(pages).toBeGreaterThan(10);
    });

    test("followers that write too end with the same, whatever they brought", async () => {
      const { sync, others, store } = concurrentStores();
      const { user } = createTestUser(store);
      const ids = Array.from({ length: SHARED }, newId);
      const followers = Array.from({ length: 4 }, () => createFollower(user));
      await Promise.all(
        followers.map(async ({ pull }, follower) => {
          for (let call = 0; call < CALLS; call += 1) {
            const id = at(ids, (follower * call) % SHARED);
            const mine = arriving({ title: `${follower} ${call}` }, { id, later: call * 10 + follower });
            await pull(follower % 2 === 0 ? sync : others, 2, [mine, arriving({ title: "own" })]);
          }
        }),
      );
      const whole = createFollower(user);
      await whole.pull(sync, 1000);
      for (const { tasks, pull } of followers) {
        while ((await pull(others, 5)).more);
        expect(describeTasks(tasks)).toEqual(describeTasks(whole.tasks));
      }
    });

    test("each changed task has a revision of its own", async () => {
      const { sync, store } = concurrentStores();
      const { user } = createTestUser(store);
      await start(user);
      const { tasks, head } = await bring(sync, user, []);
      const revisions = tasks.map(({ revision }) => revision);
      expect(new Set(revisions).size).toBe(tasks.length);
      expect(Math.max(...revisions)).toBeLessThanOrEqual(head.revision);
    });
  });
}
