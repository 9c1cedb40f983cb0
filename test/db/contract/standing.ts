import { describe, expect, test } from "bun:test";
import type { SitDown } from "../store-contract.ts";

export function describeStanding(sitDown: SitDown): void {
  describe("a user who comes for the first time", () => {
    test("is let in with nothing, and begins where everyone does", async () => {
      const desk = sitDown();
      await desk.store.ensureUser(desk.user);
      expect(await desk.find([])).toEqual([]);
      expect(await desk.store.history(desk.user, {})).toEqual([]);
      const [task] = await desk.add({ title: "x" });
      expect(task.revision).toBe(1);
    });

    test("is let in once by many requests at the same time", async () => {
      const desk = sitDown();
      await Promise.all(Array.from({ length: 20 }, () => desk.store.ensureUser(desk.user)));
      const [task] = await desk.add({ title: "x" });
      expect(task.revision).toBe(1);
    });
  });

  test("a user who comes again keeps everything", async () => {
    const desk = sitDown();
    const [task] = await desk.add({ title: "x" });
    await desk.store.ensureUser(desk.user);
    expect(await desk.find([])).toEqual([task]);
    expect((await desk.edit(task, { title: "y" })).revision).toBe(task.revision + 1);
    const clocks = (await desk.store.history(desk.user, {})).map(({ clock }) => clock);
    expect(clocks).toEqual(clocks.toSorted().toReversed());
  });

  test("a store that can be worked with says so", async () => {
    const desk = sitDown();
    await desk.store.ping();
  });
}
