import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { editTasks, isUnchangedSince } from "../../../src/services/tasks/edit-tasks.ts";
import { completeTasks } from "../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks } from "../../../src/services/tasks/delete-tasks.ts";
import { addTasks } from "../../../src/services/tasks/add-tasks.ts";
import { listPages } from "../../../src/services/tasks/list-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { createTestUser, newId, only } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";

export function describeListTasks(openStore: () => Store): void {
  function aTestUser() {
    const testUser = createTestUser(openStore());
    const workspace: Workspace = { store: testUser.store, user: testUser.user, system: { ...SYSTEM, newId } };
    return { ...testUser, workspace };
  }

  describe("tasks that are added together", () => {
    test("are all there, in their order, under one entry of the log each", async () => {
      const { workspace, store, user } = aTestUser();
      const tasks = await addTasks(workspace, [{ title: "a" }, { title: "b", tags: ["x"] }]);
      expect(tasks.map(({ title }) => title)).toEqual(["a", "b"]);
      const entries = await store.history(user, {});
      expect(new Set(entries.map(({ clock }) => clock)).size).toBe(1);
      expect(entries).toHaveLength(2);
    });

    test("are none when one is refused", async () => {
      const { workspace, find } = aTestUser();
      expect((await refusalOf(addTasks(workspace, [{ title: "a" }, { title: " " }]))).code).toBe("invalid_input");
      expect(await find([])).toEqual([]);
    });
  });

  describe("an edit of a task that was read before", () => {
    test("keeps what others changed meanwhile in other fields", async () => {
      const { workspace, edit, get } = aTestUser();
      const task = only(await addTasks(workspace, [{ title: "Pay rent" }]));
      await edit(task, { priority: "high" });
      await editTasks(workspace, () => Promise.resolve([task]), { title: "Rent" });
      expect(await get(task.id)).toMatchObject({ title: "Rent", priority: "high" });
    });

    test("fails when it must not have moved, and then writes nothing", async () => {
      const { workspace, edit, get } = aTestUser();
      const task = only(await addTasks(workspace, [{ title: "Pay rent" }]));
      const moved = await edit(task, { priority: "high" });
      const refused = await refusalOf(
        editTasks(workspace, () => Promise.resolve([moved]), { title: "Rent" }, isUnchangedSince(task)),
      );
      expect(refused.code).toBe("precondition_failed");
      expect(await get(task.id)).toEqual(moved);
      const { changed } = await editTasks(
        workspace,
        () => Promise.resolve([moved]),
        { title: "Rent" },
        isUnchangedSince(moved),
      );
      expect(changed).toMatchObject([{ title: "Rent", priority: "high" }]);
    });
  });

  test("a change of several tasks tells which changed and which were so already", async () => {
    const { workspace } = aTestUser();
    const [one, two] = await addTasks(workspace, [{ title: "a" }, { title: "b" }]);
    if (!one || !two) throw new Error("two tasks were expected");
    const first = await completeTasks(workspace, () => Promise.resolve([one]));
    const again = await completeTasks(workspace, () => Promise.resolve([...first.changed, two]));
    expect(again.changed).toMatchObject([{ title: "b", completedAt: "2026-11-20T09:00:00.000Z" }]);
    expect(again.unchanged).toMatchObject([{ title: "a" }]);
  });

  test("pages end with the limit or with the tasks, and never are empty", async () => {
    const { workspace } = aTestUser();
    await addTasks(
      workspace,
      Array.from({ length: 7 }, (_, at) => ({ title: `Task ${at}` })),
    );
    const sizes = async (limit?: number) => {
      const pages = await Array.fromAsync(listPages(workspace, { where: [], ...(limit !== undefined && { limit }) }));
      return pages.map((page) => page.length);
    };
    expect(await sizes()).toEqual([7]);
    expect(await sizes(3)).toEqual([3]);
    expect(await sizes(7)).toEqual([7]);
    expect(await sizes(0)).toEqual([]);
    await deleteTasks(workspace, async () => (await Array.fromAsync(listPages(workspace, { where: [] }))).flat());
    const open = listPages(workspace, { where: [{ kind: "status", status: "pending" }] });
    expect(await Array.fromAsync(open)).toEqual([]);
  });
}
