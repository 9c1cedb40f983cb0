import { describe, expect, test } from "bun:test";
import type { NewUser } from "../store-contract.ts";

export function describeStanding(newUser: NewUser): void {
  describe("a user who comes for the first time", () => {
    test("is let in with nothing, and begins where everyone does", async () => {
      const testUser = newUser();
      await testUser.store.ensureUser(testUser.user);
      expect(await testUser.find([])).toEqual([]);
      expect(await testUser.store.history(testUser.user, {})).toEqual([]);
      const [task] = await testUser.add({ title: "x" });
      expect(task.revision).toBe(1);
    });

    test("is let in once by many requests at the same time", async () => {
      const testUser = newUser();
      await Promise.all(Array.from({ length: 20 }, () => testUser.store.ensureUser(testUser.user)));
      const [task] = await testUser.add({ title: "x" });
      expect(task.revision).toBe(1);
    });
  });

  test("a user who comes again keeps everything", async () => {
    const testUser = newUser();
    const [task] = await testUser.add({ title: "x" });
    await testUser.store.ensureUser(testUser.user);
    expect(await testUser.find([])).toEqual([task]);
    expect((await testUser.edit(task, { title: "y" })).revision).toBe(task.revision + 1);
    const clocks = (await testUser.store.history(testUser.user, {})).map(({ clock }) => clock);
    expect(clocks).toEqual(clocks.toSorted().toReversed());
  });

  test("a store that can be worked with says so", async () => {
    const testUser = newUser();
    await testUser.store.ping();
  });
}
