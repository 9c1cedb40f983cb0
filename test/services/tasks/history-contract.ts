import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { readLog, undoLastChange } from "../../../src/services/tasks/history.ts";
import { editTasks } from "../../../src/services/tasks/edit-tasks.ts";
import { addTasks } from "../../../src/services/tasks/add-tasks.ts";
import { toWireLogEntry } from "../../../src/contract/task.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { createTestUser, newId } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";

export function describeHistory(openStore: () => Store): void {
  async function aTestUser() {
    const testUser = createTestUser(openStore());
    const workspace: Workspace = { store: testUser.store, user: testUser.user, system: { ...SYSTEM, newId } };
    const [task] = await addTasks(workspace, [{ title: "Pay rent", tags: ["home"] }]);
    if (!task) throw new Error("no task was made");
    return { ...testUser, workspace, task };
  }

  /** The same store, where somebody else always does something between the look at the last change and the write. */
  function overtaken(store: Store, times: number, disturb: () => Promise<unknown>): Store {
    let left = times;
    return {
      ...store,
      lastChange: async (user) => {
        const entries = await store.lastChange(user);
        left -= 1;
        if (left >= 0) await disturb();
        return entries;
      },
    };
  }

  describe("an undo that somebody overtakes", () => {
    test("looks again, and undoes what is the last change then", async () => {
      const { workspace, task, get, edit } = await aTestUser();
      await editTasks(workspace, () => Promise.resolve([task]), { title: "Rent" });
      const store = overtaken(workspace.store, 2, async () => edit(await get(task.id), { priority: "low" }));
      const undone = await undoLastChange({ ...workspace, store });
      expect(undone).toMatchObject({ action: "edit", tasks: [{ title: "Rent", priority: "low" }] });
      expect((await get(task.id)).priority).toBe("low");
    });

    test("gives up with a conflict when others come first without end, and has changed nothing", async () => {
      const { workspace, task, get, edit } = await aTestUser();
      let number = 0;
      const store = overtaken(workspace.store, 1000, async () =>
        edit(await get(task.id), { title: `Rent ${(number += 1)}` }),
      );
      expect((await refusalOf(undoLastChange({ ...workspace, store }))).code).toBe("conflict");
      expect(await get(task.id)).toMatchObject({ title: `Rent ${number}`, deletedAt: null });
    });
  });

  describe("the log", () => {
    test("says of each field that a change touched what it was before and after, the newest change first", async () => {
      const { workspace, task } = await aTestUser();
      const patch = { title: "Rent", tags: ["flat"], priority: "high", dueDate: "2026-12-01" } as const;
      await editTasks(workspace, () => Promise.resolve([task]), patch);
      await undoLastChange(workspace);
      const said = (await readLog(workspace, { id: task.id })).map(toWireLogEntry);
      expect(said.map(({ action }) => action)).toEqual(["undo", "edit", "add"]);
      const before = { title: "Pay rent", "tag:home": true, "tag:flat": false, priority: null, due_date: null };
      const after = { title: "Rent", "tag:home": false, "tag:flat": true, priority: "high", due_date: "2026-12-01" };
      const [undo = [], edit = []] = said.map(({ changes }) => changes);
      expect(Object.fromEntries(undo.map((each) => [each.field, each.after]))).toEqual(before);
      expect(Object.fromEntries(edit.map((each) => [each.field, each.before]))).toEqual({
        ...before,
        "tag:flat": null,
      });
      expect(Object.fromEntries(edit.map((each) => [each.field, each.after]))).toEqual(after);
    });

    test("has the last changes of all tasks, as many as are wanted", async () => {
      const { workspace, task } = await aTestUser();
      await addTasks(workspace, [{ title: "b" }, { title: "c" }]);
      await editTasks(workspace, () => Promise.resolve([task]), { title: "Rent" });
      const commands = async (limit?: number) =>
        (await readLog(workspace, limit === undefined ? {} : { limit })).map(({ action }) => action);
      expect(await commands()).toEqual(["edit", "add", "add", "add"]);
      expect(await commands(2)).toEqual(["edit", "add"]);
    });
  });

  test("an undo of one user never touches the tasks of another", async () => {
    const { workspace, task, get } = await aTestUser();
    expect(await undoLastChange({ ...workspace, user: "somebody else" })).toBe(null);
    expect(await get(task.id)).toEqual(task);
  });
}
