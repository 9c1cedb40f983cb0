import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createTask } from "../../../src/services/tasks/add-tasks.ts";
import type { Outcome, Precondition } from "../../../src/services/tasks/change-tasks.ts";
import { completeTasks, reopenTasks, toggleTasks } from "../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks, restoreTasks } from "../../../src/services/tasks/delete-tasks.ts";
import { editTasks, isUnchangedSince, type TaskEdit } from "../../../src/services/tasks/edit-tasks.ts";
import { findAnyTask, findTask, namesTask } from "../../../src/services/tasks/find-tasks.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { idOf } from "../../support/server/api.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { newId } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";

const WHEN = "2026-11-20T09:00:00.000Z";

async function only(outcome: Promise<Outcome>): Promise<Task> {
  const { changed, unchanged } = await outcome;
  const [task, another] = [...changed, ...unchanged];
  if (!task || another) throw new Error("one task was expected");
  return task;
}

function updateTask(workspace: Workspace, ref: string, edit: TaskEdit, requires?: Precondition): Promise<Task> {
  return only(editTasks(workspace, async () => [await findTask(workspace, ref)], edit, requires));
}

function setCompletion(workspace: Workspace, ref: string, completed: boolean | undefined, requires?: Precondition) {
  const set = completed ? completeTasks : reopenTasks;
  const change = completed === undefined ? toggleTasks : set;
  return only(change(workspace, async () => [await findTask(workspace, ref)], requires));
}

function deleteTask(workspace: Workspace, ref: string, requires?: Precondition): Promise<Task> {
  return only(deleteTasks(workspace, async () => [await findTask(workspace, ref)], requires));
}

function restoreTask(workspace: Workspace, ref: string, requires?: Precondition): Promise<Task> {
  return only(restoreTasks(workspace, async () => [await findAnyTask(workspace, ref)], requires));
}

export function describeChangeTasks(openStore: () => Store): void {
  function newUser(alter: (store: Store) => Partial<Store> = () => ({})) {
    const store = openStore();
    const altered = { ...store, ...alter(store) };
    const clock = { now: Date.parse(WHEN) };
    const system = { ...SYSTEM, newId, now: () => clock.now };
    const workspace: Workspace = { store: altered, user: "ann", system };
    const plain: Workspace = { store, user: "ann", system };
    const actions = async () => (await store.history("ann", {})).map(({ action }) => action);
    return { store, workspace, plain, clock, actions };
  }

  /** A user of whom something else happens before each of the first `times` writes of a request. */
  function newUserBeside(times: number, meddle: (workspace: Workspace, id: string) => Promise<unknown>) {
    let left = 0;
    const testUser = newUser((store) => ({
      commit: async (user, commit) => {
        if (left > 0) {
          left -= 1;
          await meddle(testUser.plain, commit.edits[0]?.id ?? "");
        }
        return store.commit(user, commit);
      },
    }));
    const add = async () => (await createTask(testUser.workspace, { title: "Pay rent" })).task;
    return {
      ...testUser,
      add,
      begin: () => {
        left = times;
      },
    };
  }

  describe("what names a task", () => {
    test.each([
      [idOf("kqvzbdfghjkl"), true],
      [idOf("kqvzbdfghjkl").toUpperCase(), true],
      ["00000000-0000-0000-0000-000000000000", true],
      ["kqvzbdfghjkl", true],
      ["KQV", true],
      ["kq", false],
      ["kqvzbdfghjklm", false],
      ["", false],
      ["abc", false],
      ["019a9f3c", false],
      ["019a9f3c-51c8-7000", false],
      ["019a9f3c51c8700080000000000000ff", false],
      ["abcdefab", false],
      [`${idOf("kqvzbdfghjkl")}\n`, false],
      [` ${idOf("kqvzbdfghjkl")}`, false],
    ])("%p: %p", (ref, expected) => expect(namesTask(ref)).toBe(expected));
  });

  describe("a new task", () => {
    test("is made and logged once, with an id of its own", async () => {
      const { workspace, actions } = newUser();
      const { task, created } = await createTask(workspace, { title: "Pay rent", tags: ["b", "a"] });
      expect(created).toBe(true);
      expect(task).toMatchObject({
        title: "Pay rent",
        tags: ["a", "b"],
        createdAt: WHEN,
        deletedAt: null,
        completedAt: null,
      });
      expect(await findTask(workspace, task.id)).toEqual(task);
      expect(await actions()).toEqual(["add"]);
    });

    test("is one for a repeated request, which writes nothing", async () => {
      const { workspace, clock, actions } = newUser();
      const draft = { id: newId(), title: "Pay rent" };
      const first = await createTask(workspace, draft);
      clock.now += 1000;
      expect(await createTask(workspace, draft)).toEqual({ task: first.task, created: false });
      expect(await actions()).toEqual(["add"]);
    });

    test.each([{ title: "" }, { title: "x", tags: ["a b"] }, { title: "x", project: "none" }])(
      "is refused for %j, and nothing is written",
      async (draft) => {
        const { workspace, actions } = newUser();
        expect((await refusalOf(createTask(workspace, draft))).code).toBe("invalid_input");
        expect(await actions()).toEqual([]);
      },
    );

    test("is a conflict where the id is that of a task that came from elsewhere and says something else", async () => {
      const { workspace, store } = newUser();
      const id = newId();
      await store.merge("ann", [{ id, registers: { title: `019a9f3c51c80000a1b2c3d4"From afar"` } }]);
      expect((await refusalOf(createTask(workspace, { id, title: "Pay rent" }))).code).toBe("conflict");
      expect((await findTask(workspace, id)).title).toBe("From afar");
    });

    test("is the one that came from elsewhere where that says the same", async () => {
      const { workspace, store } = newUser();
      const id = newId();
      await store.merge("ann", [
        { id, registers: { title: `019a9f3c51c80000a1b2c3d4"Pay rent"`, "tag:a": "019a9f3c51c80000a1b2c3d4true" } },
      ]);
      expect(await createTask(workspace, { id, title: "Pay rent", tags: ["a"] })).toMatchObject({
        created: false,
        task: { id },
      });
      expect((await refusalOf(createTask(workspace, { id, title: "Pay rent" }))).code).toBe("conflict");
    });

    test("passes on what the store says", async () => {
      const { workspace } = newUser(() => ({ commit: () => Promise.reject(new TodoError("full_disk", "x")) }));
      expect((await refusalOf(createTask(workspace, { id: newId(), title: "x" }))).code).toBe("full_disk");
    });
  });

  describe("a change of a task", () => {
    test("is logged under the name of what was done", async () => {
      const { workspace, actions } = newUser();
      const { id } = (await createTask(workspace, { title: "Pay rent" })).task;
      await updateTask(workspace, id, { title: "Rent" });
      await setCompletion(workspace, id, true);
      await deleteTask(workspace, id);
      await restoreTask(workspace, id);
      expect(await actions()).toEqual(["restore", "delete", "complete", "edit", "add"]);
    });

    test("that changes nothing writes nothing", async () => {
      const { workspace, actions } = newUser();
      const { task } = await createTask(workspace, { title: "Pay rent", tags: ["a"], project: "House" });
      const same = [
        await updateTask(workspace, task.id, {}),
        await updateTask(workspace, task.id, { title: "Pay rent", tags: ["a"], project: "House", completed: false }),
        await setCompletion(workspace, task.id, false),
        await restoreTask(workspace, task.id),
      ];
      expect(same).toEqual([task, task, task, task]);
      expect(await actions()).toEqual(["add"]);
    });

    test("is one entry of the log, however many fields it names", async () => {
      const { workspace, store } = newUser();
      const { id } = (await createTask(workspace, { title: "Pay rent" })).task;
      await updateTask(workspace, id, { title: "Rent", priority: "high", tags: ["a"], completed: true });
      const [entry] = await store.history("ann", { id });
      expect(Object.keys(entry?.after ?? {}).toSorted()).toEqual(["completed_at", "priority", "tag:a", "title"]);
    });

    test.each(["", "kqv", newId()])("of a task that there is not (%p) is not_found", async (ref) => {
      const { workspace, actions } = newUser();
      for (const work of [
        () => findTask(workspace, ref),
        () => updateTask(workspace, ref, { title: "x" }),
        () => setCompletion(workspace, ref, undefined),
        () => deleteTask(workspace, ref),
        () => restoreTask(workspace, ref),
      ]) {
        expect((await refusalOf(work())).code).toBe("not_found");
      }
      expect(await actions()).toEqual([]);
    });

    test("of a deleted task is not_found, but for restore", async () => {
      const { workspace } = newUser();
      const { id } = (await createTask(workspace, { title: "Pay rent" })).task;
      await deleteTask(workspace, id);
      for (const work of [
        () => findTask(workspace, id),
        () => updateTask(workspace, id, { title: "x" }),
        () => setCompletion(workspace, id, true),
        () => deleteTask(workspace, id),
      ]) {
        expect((await refusalOf(work())).code).toBe("not_found");
      }
      expect(await restoreTask(workspace, id)).toMatchObject({ id, deletedAt: null });
    });

    test("asks the precondition about the task as it is, before it writes", async () => {
      const { workspace, actions } = newUser();
      const { task } = await createTask(workspace, { title: "Pay rent" });
      const asked: unknown[] = [];
      const refuse = (given: Task) => {
        asked.push(given);
        throw new TodoError("precondition_failed", "it is not as it must be");
      };
      for (const work of [
        () => updateTask(workspace, task.id, { title: "x" }, refuse),
        () => updateTask(workspace, task.id, {}, refuse),
        () => setCompletion(workspace, task.id, undefined, refuse),
        () => deleteTask(workspace, task.id, refuse),
        () => restoreTask(workspace, task.id, refuse),
      ]) {
        expect((await refusalOf(work())).code).toBe("precondition_failed");
      }
      expect(asked).toEqual([task, task, task, task, task]);
      expect(await actions()).toEqual(["add"]);
    });
  });

  describe("a change while another one is made", () => {
    const rename = (workspace: Workspace, id: string) => updateTask(workspace, id, { description: newId() });

    test("keeps the other one's fields", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) => updateTask(plain, id, { project: "House" }));
      const { id } = await add();
      begin();
      await updateTask(workspace, id, { title: "Rent" });
      expect(await findTask(workspace, id)).toMatchObject({ title: "Rent", project: "House" });
    });

    test("of the state turns round what is there by then", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) => setCompletion(plain, id, true));
      const { id } = await add();
      begin();
      expect((await setCompletion(workspace, id, undefined)).completedAt).toBeNull();
    });

    test("counts from the due date that is there by then", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) =>
        updateTask(plain, id, { dueDate: "2026-12-24" }),
      );
      const { id } = await add();
      await updateTask(workspace, id, { dueDate: "2026-11-27" });
      begin();
      const moved = await updateTask(workspace, id, { dueShift: [{ count: 1, unit: "days" }] });
      expect(moved.dueDate).toBe("2026-12-25");
    });

    test("that sets the state needs no second look", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) => setCompletion(plain, id, true));
      const { id } = await add();
      begin();
      expect((await setCompletion(workspace, id, true)).completedAt).not.toBeNull();
    });

    test("fails its precondition where that no longer holds, and writes nothing", async () => {
      const { workspace, add, begin, actions } = newUserBeside(1, rename);
      const task = await add();
      begin();
      const work = updateTask(workspace, task.id, { title: "Rent" }, isUnchangedSince(task));
      expect((await refusalOf(work)).code).toBe("precondition_failed");
      expect(await actions()).toEqual(["edit", "add"]);
    });

    test("is made where its precondition still holds", async () => {
      const { workspace, add, begin } = newUserBeside(3, rename);
      const { id } = await add();
      begin();
      expect(await updateTask(workspace, id, { title: "Rent" }, () => undefined)).toMatchObject({ title: "Rent" });
    });

    test("is given up as a conflict when others come first without end", async () => {
      const { workspace, add, begin } = newUserBeside(1000, rename);
      const { id } = await add();
      begin();
      expect((await refusalOf(setCompletion(workspace, id, undefined))).code).toBe("conflict");
      expect((await findTask(workspace, id)).completedAt).toBeNull();
    });

    test("answers not_found where a precondition was asked and the other one deleted the task", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) => deleteTask(plain, id));
      const { id } = await add();
      begin();
      expect((await refusalOf(updateTask(workspace, id, { title: "Rent" }, () => undefined))).code).toBe("not_found");
    });

    test("deletes nothing again that another one has just deleted", async () => {
      const { workspace, add, begin, actions } = newUserBeside(1, (plain, id) => deleteTask(plain, id));
      const { id } = await add();
      begin();
      expect((await refusalOf(deleteTask(workspace, id))).code).toBe("not_found");
      expect(await actions()).toEqual(["delete", "add"]);
    });

    test("answers no deleted task as if it were there", async () => {
      const { workspace, add, begin } = newUserBeside(1, (plain, id) => deleteTask(plain, id));
      const { id } = await add();
      begin();
      const [outcome] = await Promise.allSettled([updateTask(workspace, id, { title: "Rent" })]);
      if (outcome.status === "fulfilled") expect(outcome.value.deletedAt).toBeNull();
      else expect(outcome.reason).toMatchObject({ code: "not_found" });
    });
  });
}
