import { describe, expect, test } from "bun:test";
import type { SitDown } from "../store-contract.ts";

const DONE = { completed_at: "2026-11-20T08:00:00.000Z" };
const GONE = { deleted_at: "2026-11-20T08:30:00.000Z" };

export function describeTally(sitDown: SitDown): void {
  describe("the list of tags", () => {
    test("counts the open tasks of each, sorted by name", async () => {
      const desk = sitDown();
      await desk.add(
        { title: "1", "tag:shop": true, "tag:éclair": true },
        { title: "2", "tag:shop": true, "tag:Zoo": true, "tag:a:b": true },
        { title: "3", "tag:shop": false, tags: true, tag: true },
        { title: "4", "tag:shop": true, "tag:only done": true, ...DONE },
        { title: "5", "tag:shop": true, "tag:only gone": true, ...GONE },
      );
      expect(await desk.store.countByName(desk.user, "tags")).toEqual([
        { name: "Zoo", count: 1 },
        { name: "a:b", count: 1 },
        { name: "shop", count: 2 },
        { name: "éclair", count: 1 },
      ]);
    });

    test("is empty for a new user", async () => {
      const desk = sitDown();
      expect(await desk.store.countByName(desk.user, "tags")).toEqual([]);
    });
  });

  describe("the list of projects", () => {
    test("counts the open tasks of each, sorted by name", async () => {
      const desk = sitDown();
      await desk.add(
        { title: "1", project: "home" },
        { title: "2", project: "Home" },
        { title: "3", project: "Home" },
        { title: "4", project: "Éire" },
        { title: "5", project: null },
        { title: "6", project: "done", ...DONE },
        { title: "7", project: "gone", ...GONE },
      );
      expect(await desk.store.countByName(desk.user, "projects")).toEqual([
        { name: "Home", count: 2 },
        { name: "home", count: 1 },
        { name: "Éire", count: 1 },
      ]);
    });

    test("is empty for a new user", async () => {
      const desk = sitDown();
      expect(await desk.store.countByName(desk.user, "projects")).toEqual([]);
    });
  });
}
