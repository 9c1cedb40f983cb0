import { describe, expect, test } from "bun:test";
import { readValue, type Registers } from "../../../src/domain/task/registers.ts";
import { at, type TestUser, newId, only, OPENING } from "../../support/stores/test-user.ts";
import type { Action } from "../../../src/domain/task/action.ts";
import type { NewUser } from "../store-contract.ts";

function values(registers: Registers) {
  return Object.fromEntries(Object.entries(registers).map(([key, register]) => [key, readValue(register)]));
}

async function change(testUser: TestUser, action: Action): Promise<string> {
  await testUser.commit([{ id: newId(), fields: { title: action } }], { action });
  return at(await testUser.store.history(testUser.user, { limit: 1 }), 0).clock;
}

async function lastActions(testUser: TestUser): Promise<string[]> {
  return (await testUser.store.lastChange(testUser.user)).map(({ action }) => action);
}

async function undo(testUser: TestUser): Promise<void> {
  const entries = await testUser.store.lastChange(testUser.user);
  const edits = entries.map(({ id }) => ({ id, fields: {} }));
  await testUser.commit(edits, { action: "undo", undoes: at(entries, 0).clock });
}

async function lastUndone(testUser: TestUser): Promise<string[]> {
  return (await testUser.store.lastUndo(testUser.user)).map(({ action }) => action);
}

async function redo(testUser: TestUser): Promise<void> {
  const entries = await testUser.store.lastUndo(testUser.user);
  const edits = entries.map(({ id }) => ({ id, fields: {} }));
  await testUser.commit(edits, { action: "redo", undoes: at(entries, 0).clock });
}

export function describeHistory(newUser: NewUser): void {
  describe("the log", () => {
    test("has the newest change first, with its command and when it was made", async () => {
      const testUser = newUser();
      await change(testUser, "add");
      await change(testUser, "import");
      const entries = await testUser.store.history(testUser.user, {});
      expect(entries.map(({ action }) => action)).toEqual(["import", "add"]);
      expect(entries.map(({ at: when }) => when)).toEqual([OPENING + 2000, OPENING + 1000]);
      expect(entries.map(({ undoes }) => undoes)).toEqual([null, null]);
    });

    test("says what each field was before and after, only of the fields of the change", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "Buy milk", project: "Home" });
      await testUser.edit(task, { title: "Buy bread", due_date: "2026-11-21", project: null });
      const [edit, add] = await testUser.store.history(testUser.user, { id: task.id });
      expect(values(edit?.before ?? {})).toEqual({ title: "Buy milk", project: "Home" });
      expect(values(edit?.after ?? {})).toEqual({ title: "Buy bread", due_date: "2026-11-21", project: null });
      expect(add?.before).toEqual({});
      expect(edit?.before["title"]).toBe(add?.after["title"] ?? "");
    });

    test("of one task has its changes only", async () => {
      const testUser = newUser();
      const [one] = await testUser.add({ title: "one" }, { title: "other" });
      await testUser.commit([{ id: one.id, fields: { title: "new" } }]);
      const entries = await testUser.store.history(testUser.user, { id: one.id });
      expect(entries.map(({ id }) => id)).toEqual([one.id, one.id]);
    });

    test("is as long as wanted at most", async () => {
      const testUser = newUser();
      for (const action of ["add", "edit", "delete"] as const) await change(testUser, action);
      const newest = await testUser.store.history(testUser.user, { limit: 2 });
      expect(newest.map(({ action }) => action)).toEqual(["delete", "edit"]);
      expect(await testUser.store.history(testUser.user, { limit: 0 })).toEqual([]);
    });

    test("has the oldest entry of a task first when it is asked for so", async () => {
      const testUser = newUser();
      await change(testUser, "import");
      const [task] = await testUser.add({ title: "first" });
      await testUser.edit(task, { title: "second" });
      const oldest = { id: task.id, oldestFirst: true };
      const entries = await testUser.store.history(testUser.user, oldest);
      expect(entries.map(({ action }) => action)).toEqual(["add", "edit"]);
      expect(await testUser.store.history(testUser.user, { ...oldest, limit: 1 })).toEqual(entries.slice(0, 1));
    });
  });

  describe("the change that an undo takes back", () => {
    test("is the newest one, with all its tasks", async () => {
      const testUser = newUser();
      await change(testUser, "import");
      const tasks = await testUser.add({ title: "a" }, { title: "b" });
      const entries = await testUser.store.lastChange(testUser.user);
      expect(entries.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id).toSorted());
      expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(["add"]));
    });

    test("goes one further back with each undo, past undos and what they took back", async () => {
      const testUser = newUser();
      for (const action of ["add", "edit", "delete"] as const) await change(testUser, action);
      const seen: string[][] = [];
      for (let step = 0; step < 3; step += 1) {
        seen.push(await lastActions(testUser));
        await undo(testUser);
      }
      expect([...seen, await lastActions(testUser)]).toEqual([["delete"], ["edit"], ["add"], []]);
    });

    test("is a change made after an undo, then what was left before it", async () => {
      const testUser = newUser();
      await change(testUser, "add");
      await change(testUser, "edit");
      await undo(testUser);
      await change(testUser, "delete");
      expect(await lastActions(testUser)).toEqual(["delete"]);
      await undo(testUser);
      expect(await lastActions(testUser)).toEqual(["add"]);
    });

    test("is known by its clock in the log of the undo", async () => {
      const testUser = newUser();
      const clock = await change(testUser, "add");
      await undo(testUser);
      const [entry] = await testUser.store.history(testUser.user, {});
      expect(entry).toMatchObject({ action: "undo", undoes: clock });
    });

    test("comes with what its fields are now and the task's revision, to see what was changed since", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "a", project: "Home" });
      await testUser.edit(task, { title: "b" });
      const moved = await testUser.edit(task, { description: "c" });
      const { current, after, revision } = only(await testUser.store.lastChange(testUser.user));
      expect(values(current)).toEqual({ description: "c" });
      expect(current).toEqual(after);
      expect(revision).toBe(moved.revision);
      await undo(testUser);
      expect(values(only(await testUser.store.lastChange(testUser.user)).current)).toEqual({ title: "b" });
    });

    test("comes with all that a task is now if the change made it, also with what came later", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "a", created_at: "2026-11-20T09:00:00.000Z" });
      const clock = `${"6".repeat(12)}0000ffffffff`;
      await testUser.store.merge(testUser.user, [{ id: task.id, registers: { rank: `${clock}"a0"` } }]);
      const { current, after } = only(await testUser.store.lastChange(testUser.user));
      expect(current).toEqual({ ...after, rank: `${clock}"a0"` });
    });

    test("is none for a new user", async () => {
      expect(await lastActions(newUser())).toEqual([]);
    });
  });

  describe("the undo that a redo takes back", () => {
    test("is the newest one, named by what it undid, and goes back with each redo", async () => {
      const testUser = newUser();
      for (const action of ["add", "edit", "delete"] as const) await change(testUser, action);
      for (let step = 0; step < 3; step += 1) await undo(testUser);
      const seen: string[][] = [];
      for (let step = 0; step < 3; step += 1) {
        seen.push(await lastUndone(testUser));
        await redo(testUser);
      }
      expect([...seen, await lastUndone(testUser)]).toEqual([["add"], ["edit"], ["delete"], []]);
    });

    test("can be made again, because what was redone is the last change", async () => {
      const testUser = newUser();
      await change(testUser, "add");
      await change(testUser, "edit");
      await undo(testUser);
      await redo(testUser);
      expect(await lastActions(testUser)).toEqual(["edit"]);
      await undo(testUser);
      expect(await lastActions(testUser)).toEqual(["add"]);
      expect(await lastUndone(testUser)).toEqual(["edit"]);
    });

    test("is none after a new change, also when that one was undone and redone", async () => {
      const testUser = newUser();
      await change(testUser, "add");
      await undo(testUser);
      await change(testUser, "edit");
      expect(await lastUndone(testUser)).toEqual([]);
      await undo(testUser);
      expect(await lastUndone(testUser)).toEqual(["edit"]);
      await redo(testUser);
      expect(await lastUndone(testUser)).toEqual([]);
    });

    test("is none for a new user, and where nothing was undone", async () => {
      const testUser = newUser();
      expect(await lastUndone(testUser)).toEqual([]);
      await change(testUser, "add");
      expect(await lastUndone(testUser)).toEqual([]);
    });
  });
}
