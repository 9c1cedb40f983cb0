import { describe, expect, test } from "bun:test";
import type { NewUser } from "../store-contract.ts";

const DONE = { completed_at: "2026-11-20T08:00:00.000Z" };
const GONE = { deleted_at: "2026-11-20T08:30:00.000Z" };

export function describeTally(newUser: NewUser): void {
  describe("the list of tags", () => {
    test("counts the open tasks of each, sorted by name", async () => {
      const testUser = newUser();
      await testUser.add(
        { title: "1", "tag:shop": true, "tag:éclair": true },
        { title: "2", "tag:shop": true, "tag:Zoo": true, "tag:a:b": true },
        { title: "3", "tag:shop": false, tags: true, tag: true },
        { title: "4", "tag:shop": true, "tag:only done": true, ...DONE },
        { title: "5", "tag:shop": true, "tag:only gone": true, ...GONE },
      );
      expect(await testUser.store.countByName(testUser.user, "tags")).toEqual([
        { name: "Zoo", count: 1 },
        { name: "a:b", count: 1 },
        { name: "shop", count: 2 },
        { name: "éclair", count: 1 },
      ]);
    });

    test("is empty for a new user", async () => {
      const testUser = newUser();
      expect(await testUser.store.countByName(testUser.user, "tags")).toEqual([]);
    });
  });

  describe("the list of projects", () => {
    test("counts the open tasks of each, sorted by name", async () => {
      const testUser = newUser();
      await testUser.add(
        { title: "1", project: "home" },
        { title: "2", project: "Home" },
        { title: "3", project: "Home" },
        { title: "4", project: "Éire" },
        { title: "5", project: null },
        { title: "6", project: "done", ...DONE },
        { title: "7", project: "gone", ...GONE },
      );
      expect(await testUser.store.countByName(testUser.user, "projects")).toEqual([
        { name: "Home", count: 2 },
        { name: "home", count: 1 },
        { name: "Éire", count: 1 },
      ]);
    });

    test("is empty for a new user", async () => {
      const testUser = newUser();
      expect(await testUser.store.countByName(testUser.user, "projects")).toEqual([]);
    });
  });
}
