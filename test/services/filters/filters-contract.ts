import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { findFilter } from "../../../src/services/filters/find-filter.ts";
import { listFilters } from "../../../src/services/filters/list-filters.ts";
import { removeFilter } from "../../../src/services/filters/remove-filter.ts";
import { saveFilter } from "../../../src/services/filters/save-filter.ts";
import { createTask } from "../../../src/services/tasks/add-tasks.ts";
import { withoutWrites } from "../../../src/services/tasks/dry-run.ts";
import { refusalOf } from "../../support/errors.ts";
import { createTestUser, newId } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

/** Saved filters as use cases. */
export function describeSavedFilters(openStore: () => Store): void {
  function setUp() {
    const store = openStore();
    const { user } = createTestUser(store);
    const workspace = { store, user, system: { ...SYSTEM, newId } };
    const save = (name: string, text: string) => saveFilter(workspace, { name, text });
    return { store, workspace, user, save, profile: () => store.profile(user) };
  }

  describe("a saved filter", () => {
    test("says what it was when another one takes its place", async () => {
      const { save } = setUp();
      expect((await save("work", "+work")).before).toBeNull();
      const { filter, before } = await save("Work", "+job");
      expect([filter, before]).toEqual([
        { name: "Work", text: "+job" },
        { name: "work", text: "+work" },
      ]);
    });

    test("that is there already writes nothing", async () => {
      const { save, profile } = setUp();
      await save("work", "+work");
      const before = await profile();
      await save("work", "+work");
      expect(await profile()).toEqual(before);
    });

    test("is found in any case, and its name is suggested for one that is nearly so", async () => {
      const { workspace, save } = setUp();
      await save("Errands", "+shop");
      expect(await findFilter(workspace, "eRRANDS")).toEqual({ name: "Errands", text: "+shop" });
      const { hints } = await refusalOf(findFilter(workspace, "erands"));
      expect(hints).toEqual(["Did you mean Errands?"]);
    });

    test("that can't be read is listed with its problem, and can be removed", async () => {
      const { store, workspace, user } = setUp();
      await store.editProfile(user, { "filter:later": "due:fridy", "filter:now": "+now" }, 1);
      const found = (await listFilters(workspace)).map(({ name, problem }) => [name, problem?.message ?? null]);
      expect(found).toEqual([
        ["later", expect.stringContaining("fridy")],
        ["now", null],
      ]);
      expect(await removeFilter(workspace, "LATER")).toEqual({ name: "later", text: "due:fridy" });
      expect(await listFilters(workspace)).toMatchObject([{ name: "now" }]);
    });

    test("is read without a look at all tasks, whatever it asks of them", async () => {
      const { store, workspace } = setUp();
      const { task } = await createTask(workspace, { title: "House" });
      const look = () => Promise.reject(new Error("it looks at tasks"));
      const strict = { ...workspace, store: { ...store, find: look, openDependencies: look } };
      await saveFilter(strict, { name: "house", text: `is:ready under:${task.handle} or is:blocked` });
      expect(await listFilters(strict)).toMatchObject([{ name: "house", problem: null }]);
    });

    test("is neither saved nor removed in a dry run", async () => {
      const { workspace, save, profile } = setUp();
      await save("work", "+work");
      const before = await profile();
      const dry = withoutWrites(workspace);
      expect((await saveFilter(dry, { name: "work", text: "+job" })).filter.text).toBe("+job");
      expect(await removeFilter(dry, "work")).toEqual({ name: "work", text: "+work" });
      expect(await profile()).toEqual(before);
    });
  });
}
