import { describe, expect, test } from "bun:test";
import { readValue, type Registers } from "../../../../src/domain/task/registers.ts";
import { OPENING } from "../../../support/stores/test-user.ts";
import { arriving, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

export function valuesOf(profile: Registers) {
  return Object.fromEntries(Object.entries(profile).map(([name, register]) => [name, readValue(register)]));
}

export function describeProfile(concurrentStores: ConcurrentSyncStores): void {
  describe("a profile", () => {
    const open = () => {
      const { sync, store } = concurrentStores();
      const user = `user-${crypto.randomUUID()}`;
      const ask = async () => (await sync.precheck(user, { head: null, arrivals: [] })).profile;
      return { sync, store, user, ask };
    };

    test("of who has set nothing is empty", async () => {
      const { store, user, ask } = open();
      expect([await store.profile(user), await ask()]).toEqual([{}, {}]);
      await store.ensureUser(user);
      expect([await store.profile(user), await ask()]).toEqual([{}, {}]);
    });

    test("has what was set, each entry with the clock of its edit", async () => {
      const { store, user, ask } = open();
      await store.editProfile(user, { "filter:errands": "+home", "context:work": "+work" }, OPENING);
      const profile = await store.editProfile(user, { "filter:errands": null, __proto__x: true }, OPENING + 1);
      expect(valuesOf(profile)).toEqual({ "filter:errands": null, "context:work": "+work", __proto__x: true });
      expect(Object.values(profile).every((register) => /^[\da-f]{24}/.test(register))).toBe(true);
      expect([await store.profile(user), await ask()]).toEqual([profile, profile]);
    });

    test("keeps the later of two values, whatever comes first, and every entry that only another version knows", async () => {
      const [one, other] = [open(), open()];
      const early = arriving({ "filter:errands": "old", later: 1 }).registers;
      const late = arriving({ "filter:errands": "new" }, { later: 1 }).registers;
      for (const registers of [early, late]) await one.sync.mergeProfile(one.user, registers);
      for (const registers of [late, early]) await other.sync.mergeProfile(other.user, registers);
      const merged = await one.store.profile(one.user);
      expect(valuesOf(merged)).toEqual({ "filter:errands": "new", later: 1 });
      expect(await other.store.profile(other.user)).toEqual(merged);
      expect(await other.sync.mergeProfile(other.user, early)).toEqual(merged);
    });

    test("moves the user's revision on, so that devices hear of it, and is behind no clock that was seen", async () => {
      const { sync, store, user } = open();
      const revisions = [await sync.revision(user)];
      await store.editProfile(user, { "filter:a": "x" }, OPENING);
      revisions.push(await sync.revision(user));
      await sync.mergeProfile(user, arriving({ "filter:a": "y" }, { later: 5000 }).registers);
      revisions.push(await sync.revision(user));
      expect(new Set(revisions).size).toBe(3);
      const edited = await store.editProfile(user, { "filter:a": "z" }, OPENING);
      expect(valuesOf(edited)).toEqual({ "filter:a": "z" });
    });

    test("is of one user alone", async () => {
      const [mine, theirs] = [open(), open()];
      await mine.store.editProfile(mine.user, { "filter:a": "x" }, OPENING);
      expect(await theirs.store.profile(theirs.user)).toEqual({});
    });
  });
}
