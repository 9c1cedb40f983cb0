import { describe, expect, test } from "bun:test";
import { type Condition, KEPT, PENDING } from "../../../../src/domain/query/query.ts";
import type { Task } from "../../../../src/domain/task/task.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { createTask } from "../../../../src/services/tasks/add-tasks.ts";
import { findMatches, type Matches } from "../../../../src/services/tasks/bulk/find-matches.ts";
import type { Outcome } from "../../../../src/services/tasks/change-tasks.ts";
import { cancelTasks, completeTasks, reopenTasks } from "../../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks } from "../../../../src/services/tasks/delete-tasks.ts";
import { editTasks } from "../../../../src/services/tasks/edit-tasks.ts";
import { undoLastChange } from "../../../../src/services/tasks/history.ts";
import { closeOccurrences } from "../../../../src/services/tasks/series/close-occurrences.ts";
import { moveTasks } from "../../../../src/services/tasks/tree/move-tasks.ts";
import type { Workspace } from "../../../../src/services/workspace.ts";
import { refusalOf } from "../../../support/errors.ts";
import { newId } from "../../../support/stores/test-user.ts";
import { SYSTEM } from "../../../support/tasks/arbitraries.ts";

type Act = (workspace: Workspace, { find, requires }: Matches) => Promise<Outcome>;

/** Every change of what a filter found. */
const ACTS: Readonly<Record<string, Act>> = {
  edit: (workspace, { find, requires }) => editTasks(workspace, find, { dueDate: "2026-12-01" }, requires),
  "edit of projects": (workspace, { find, requires }) => editTasks(workspace, find, { project: "House" }, requires),
  complete: (workspace, { find, requires }) => completeTasks(workspace, find, requires),
  "complete with subtasks": (workspace, { find, requires }) =>
    completeTasks(workspace, find, requires, { subtasks: "include" }),
  cancel: (workspace, { find, requires }) => cancelTasks(workspace, find, requires),
  reopen: (workspace, { find, requires }) => reopenTasks(workspace, find, requires),
  delete: (workspace, { find, requires }) => deleteTasks(workspace, find, requires),
  skip: (workspace, { find, requires }) => closeOccurrences(workspace, find, { action: "skip" }, requires),
  move: (workspace, { find, requires }) => moveTasks(workspace, find, { place: { kind: "first" } }, requires),
};

const SHOP: Condition = { kind: "tagged", tag: "shop" };

export function describeFindMatches(openStore: () => Store): void {
  /** A user with four tasks to buy things, in the state that an act changes, and one other. */
  async function aShopper(act = "edit") {
    const store = openStore();
    const user = `user-${crypto.randomUUID()}`;
    let reads = 0;
    const find: Store["find"] = (...args) => {
      reads += 1;
      return store.find(...args);
    };
    const workspace: Workspace = { store: { ...store, find }, user, system: { ...SYSTEM, newId } };
    const tasks = new Map<string, Task>();
    for (const title of ["Rent", "Milk", "Bread", "Salt", "Soap"]) {
      const every = act === "skip" && { every: "every day", dueDate: "2026-11-20" };
      const tags = title === "Rent" ? [] : ["shop"];
      tasks.set(title, (await createTask(workspace, { title, tags, ...every })).task);
    }
    const named = (title: string) => async () => [...tasks.values()].filter((task) => task.title === title);
    if (act === "reopen") for (const title of tasks.keys()) await completeTasks(workspace, named(title));
    const where = act === "reopen" ? [SHOP] : [PENDING, SHOP];
    const edit = (title: string, patch: Parameters<typeof editTasks>[2]) => editTasks(workspace, named(title), patch);
    const changed = (outcome: Outcome) => outcome.changed.map(({ title }) => title).toSorted();
    return { workspace, where, edit, changed, named, countReads: () => reads };
  }

  describe.each(Object.entries(ACTS))("what a filter found, for the change: %s,", (name, act) => {
    test("is changed, and nothing else", async () => {
      const { workspace, where, changed } = await aShopper(name);
      const matches = await findMatches(workspace, where);
      expect(matches.tasks).toHaveLength(4);
      expect(changed(await act(workspace, matches))).toEqual(["Bread", "Milk", "Salt", "Soap"]);
    });

    test("is left alone if it no longer meets the filter, or meets it only since", async () => {
      const { workspace, where, edit, changed } = await aShopper(name);
      const matches = await findMatches(workspace, where);
      await edit("Milk", { removeTags: ["shop"] });
      await edit("Rent", { addTags: ["shop"] });
      await edit("Salt", { description: "from the sea" });
      expect(changed(await act(workspace, matches))).toEqual(["Bread", "Salt", "Soap"]);
    });

    test("is as it was after one undo", async () => {
      const { workspace, where } = await aShopper(name);
      const look = async () => {
        const { tasks } = await workspace.store.find(workspace.user, { where: [SHOP, KEPT] });
        return tasks.map((task) => ({ ...task, revision: 0, updatedAt: "" }));
      };
      const before = await look();
      await act(workspace, await findMatches(workspace, where));
      expect(await look()).not.toEqual(before);
      await undoLastChange(workspace);
      expect(await look()).toEqual(before);
    });
  });

  describe("what a filter finds to be changed", () => {
    test("comes the soonest first, or in an order that is given", async () => {
      const { workspace, where, edit } = await aShopper();
      await edit("Soap", { dueDate: "2026-11-21" });
      await edit("Bread", { dueDate: "2026-11-22" });
      const titles = async (...given: [] | [(one: Task, other: Task) => number]) =>
        (await findMatches(workspace, where, { compare: given[0] })).tasks.map(({ title }) => title);
      expect(await titles()).toEqual(["Soap", "Bread", "Milk", "Salt"]);
      expect(await titles((one, other) => other.title.localeCompare(one.title))).toEqual([
        "Soap",
        "Salt",
        "Milk",
        "Bread",
      ]);
    });

    test("is there once, even if it comes later in the order while it is read", async () => {
      const { workspace, where, edit } = await aShopper();
      await edit("Soap", { dueDate: "2026-11-21" });
      const { store } = workspace;
      const find: Store["find"] = async (user, query) => {
        const page = await store.find(user, { ...query, limit: 1 });
        if (!query.after) await edit("Soap", { dueDate: "2026-12-01" });
        return page;
      };
      const { tasks } = await findMatches({ ...workspace, store: { ...store, find } }, where);
      expect(tasks.map(({ title }) => title).toSorted()).toEqual(["Bread", "Milk", "Salt", "Soap"]);
      expect(tasks.find(({ title }) => title === "Soap")).toMatchObject({ dueDate: "2026-12-01" });
    });

    test("is nothing that is deleted", async () => {
      const { workspace, named } = await aShopper();
      await deleteTasks(workspace, named("Milk"));
      const all = await findMatches(workspace, [SHOP, { kind: "status", status: "all" }]);
      expect(all.tasks.map(({ title }) => title)).toEqual(["Bread", "Salt", "Soap"]);
    });

    test("is refused if it is not as many as expected", async () => {
      const { workspace, where } = await aShopper();
      expect((await findMatches(workspace, where, { expect: 4 })).tasks).toHaveLength(4);
      for (const expected of [0, 3, 5]) {
        const refused = await refusalOf(findMatches(workspace, where, { expect: expected }));
        expect([refused.code, refused.message]).toEqual([
          "conflict",
          `the filter finds 4 tasks instead of ${expected}, so nothing was changed`,
        ]);
      }
      const none = [{ kind: "tagged", tag: "none" } as const];
      expect((await findMatches(workspace, none, { expect: 0 })).tasks).toEqual([]);
    });

    test("is refused if it is no longer as many as expected when it is written, after one more look", async () => {
      const { workspace, where, edit, countReads } = await aShopper();
      const matches = await findMatches(workspace, where, { expect: 4 });
      await edit("Milk", { removeTags: ["shop"] });
      const reads = countReads();
      const refused = await refusalOf(completeTasks(workspace, matches.find, matches.requires));
      expect([refused.code, refused.message]).toEqual([
        "conflict",
        "the filter finds 3 tasks instead of 4, so nothing was changed",
      ]);
      expect(countReads() - reads).toBe(1);
      expect((await findMatches(workspace, where)).tasks).toHaveLength(3);
    });

    test("is refused with its number if it is more than may be changed at once", async () => {
      const { workspace, where } = await aShopper();
      expect((await findMatches(workspace, where, { max: 4 })).tasks).toHaveLength(4);
      const refused = await refusalOf(findMatches(workspace, where, { max: 2 }));
      expect([refused.code, refused.matched, refused.issues]).toEqual([
        "invalid_input",
        4,
        [{ path: "filter", message: "it finds 4 tasks, and 2 can be changed at once" }],
      ]);
    });
  });
}
