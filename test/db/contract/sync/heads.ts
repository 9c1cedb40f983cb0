import { describe, expect, test } from "bun:test";
import { createTestUser } from "../../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

export function describeHeads(concurrentStores: ConcurrentSyncStores): void {
  describe("a head", () => {
    const open = () => {
      const met = concurrentStores();
      const testUser = createTestUser(met.store);
      return { ...met, testUser, user: testUser.user };
    };

    test("of who has nothing yet is of revision 0, and stays", async () => {
      const { sync, others, user } = open();
      const { tasks, more, head } = await bring(sync, user, []);
      expect([tasks, more, head.revision]).toEqual([[], false, 0]);
      expect(await bring(others, user, [])).toEqual({ tasks, more, head });
    });

    test("stays while nothing changes, and nothing is written then", async () => {
      const { sync, others, testUser, user, photograph } = open();
      await testUser.add({ title: "one" }, { title: "two" });
      const { head } = await bring(sync, user, []);
      const before = await photograph();
      for (const store of [sync, others]) {
        expect((await bring(store, user, [], { after: 1 })).head).toEqual(head);
        expect((await bring(store, user, [], { limit: 1 })).head).toEqual(head);
      }
      expect(await photograph()).toEqual(before);
    });

    test("is another one after each change, from here or there", async () => {
      const { sync, others, testUser, user, photograph } = open();
      const heads = [(await bring(sync, user, [])).head];
      const before = await photograph();
      await testUser.add({ title: "one" });
      heads.push((await bring(sync, user, [])).head);
      heads.push((await bring(others, user, [arriving({ title: "two" })])).head);
      heads.push((await bring(sync, user, [arriving({ title: "three" })])).head);
      expect(new Set(heads.map(({ tag }) => tag)).size).toBe(4);
      expect(heads.map(({ revision }) => revision)).toEqual(
        heads.map(({ revision }) => revision).toSorted((one, other) => one - other),
      );
      // Else the test before would prove nothing.
      expect(await photograph()).not.toEqual(before);
    });

    test("is the same for 20 who ask for it at once", async () => {
      const { sync, others, testUser, user } = open();
      await testUser.add({ title: "one" });
      const pages = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => bring(turn % 2 === 0 ? sync : others, user, [])),
      );
      expect(new Set(pages.map(({ head }) => JSON.stringify(head))).size).toBe(1);
      expect(pages.map(({ tasks }) => tasks.length)).toEqual(pages.map(() => 1));
    });

    test("is of no other user, also of the same revision", async () => {
      const [mine, theirs] = [open(), open()];
      const [one, other] = [
        await bring(mine.sync, mine.user, [arriving({ title: "x" })]),
        await bring(theirs.sync, theirs.user, [arriving({ title: "x" })]),
      ];
      expect(one.head.revision).toBe(other.head.revision);
      expect(one.head.tag).not.toBe(other.head.tag);
    });
  });
}
