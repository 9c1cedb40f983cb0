import { describe, expect, test } from "bun:test";
import { signUp } from "../../../support/accounts/drafts.ts";
import { refusalOf } from "../../../support/errors.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

export function describeEndings(concurrentStores: ConcurrentSyncStores): void {
  describe("of an account that was deleted", () => {
    const open = async () => {
      const met = concurrentStores();
      const { id: user } = await signUp(met.accounts);
      const { head } = await bring(met.sync, user, [arriving({ title: "gone" })]);
      await met.accounts.deleteAccount(user);
      return { ...met, user, head };
    };

    test("nothing is answered any more, with and without something that comes", async () => {
      const { sync, others, user } = await open();
      for (const store of [sync, others]) {
        expect((await refusalOf(bring(store, user, []))).code).toBe("unauthorized");
        expect((await refusalOf(bring(store, user, [arriving({ title: "late" })]))).code).toBe("unauthorized");
      }
    });

    test("nothing is kept, and no head is known", async () => {
      const { sync, store, user, head } = await open();
      await refusalOf(bring(sync, user, [arriving({ title: "late" })]));
      expect(await store.count(user, [])).toBe(0);
      const { isKnown } = await sync.precheck(user, { head, arrivals: [] });
      expect(isKnown).toBe(false);
    });
  });
}
