import { describe, expect, test } from "bun:test";
import type { Registers } from "../../../src/domain/task/registers.ts";
import { readValue } from "../../../src/domain/task/registers.ts";
import { at, type Desk, newId, only, OPENING } from "../../support/cli/desk.ts";
import type { Action } from "../../../src/domain/task/action.ts";
import type { SitDown } from "../store-contract.ts";

function values(registers: Registers) {
  return Object.fromEntries(Object.entries(registers).map(([key, register]) => [key, readValue(register)]));
}

async function change(desk: Desk, action: Action): Promise<string> {
  await desk.commit([{ id: newId(), fields: { title: action } }], { action });
  return at(await desk.store.history(desk.user, { limit: 1 }), 0).clock;
}

async function lastActions(desk: Desk): Promise<string[]> {
  return (await desk.store.lastChange(desk.user)).map(({ action }) => action);
}

async function undo(desk: Desk): Promise<void> {
  const entries = await desk.store.lastChange(desk.user);
  const edits = entries.map(({ id }) => ({ id, fields: {} }));
  await desk.commit(edits, { action: "undo", undoes: at(entries, 0).clock });
}

export function describeHistory(sitDown: SitDown): void {
  describe("the log", () => {
    test("has the newest change first, with its command and when it was made", async () => {
      const desk = sitDown();
      await change(desk, "add");
      await change(desk, "import");
      const entries = await desk.store.history(desk.user, {});
      expect(entries.map(({ action }) => action)).toEqual(["import", "add"]);
      expect(entries.map(({ at: when }) => when)).toEqual([OPENING + 2000, OPENING + 1000]);
      expect(entries.map(({ undoes }) => undoes)).toEqual([null, null]);
    });

    test("says what each field was before and after, only of the fields of the change", async () => {
      const desk = sitDown();
      const [task] = await desk.add({ title: "Buy milk", project: "Home" });
      await desk.edit(task, { title: "Buy bread", due_date: "2026-11-21", project: null });
      const [edit, add] = await desk.store.history(desk.user, { id: task.id });
      expect(values(edit?.before ?? {})).toEqual({ title: "Buy milk", project: "Home" });
      expect(values(edit?.after ?? {})).toEqual({ title: "Buy bread", due_date: "2026-11-21", project: null });
      expect(add?.before).toEqual({});
      expect(edit?.before["title"]).toBe(add?.after["title"] ?? "");
    });

    test("of one task has its changes only", async () => {
      const desk = sitDown();
      const [one] = await desk.add({ title: "one" }, { title: "other" });
      await desk.commit([{ id: one.id, fields: { title: "new" } }]);
      const entries = await desk.store.history(desk.user, { id: one.id });
      expect(entries.map(({ id }) => id)).toEqual([one.id, one.id]);
    });

    test("is as long as wanted at most", async () => {
      const desk = sitDown();
      for (const action of ["add", "edit", "delete"] as const) await change(desk, action);
      const newest = await desk.store.history(desk.user, { limit: 2 });
      expect(newest.map(({ action }) => action)).toEqual(["delete", "edit"]);
      expect(await desk.store.history(desk.user, { limit: 0 })).toEqual([]);
    });
  });

  describe("the change that an undo takes back", () => {
    test("is the newest one, with all its tasks", async () => {
      const desk = sitDown();
      await change(desk, "import");
      const tasks = await desk.add({ title: "a" }, { title: "b" });
      const entries = await desk.store.lastChange(desk.user);
      expect(entries.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id).toSorted());
      expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(["add"]));
    });

    test("goes one further back with each undo, past undos and what they took back", async () => {
      const desk = sitDown();
      for (const action of ["add", "edit", "delete"] as const) await change(desk, action);
      const seen: string[][] = [];
      for (let step = 0; step < 3; step += 1) {
        seen.push(await lastActions(desk));
        await undo(desk);
      }
      expect([...seen, await lastActions(desk)]).toEqual([["delete"], ["edit"], ["add"], []]);
    });

    test("is a change made after an undo, then what was left before it", async () => {
      const desk = sitDown();
      await change(desk, "add");
      await change(desk, "edit");
      await undo(desk);
      await change(desk, "delete");
      expect(await lastActions(desk)).toEqual(["delete"]);
      await undo(desk);
      expect(await lastActions(desk)).toEqual(["add"]);
    });

    test("is known by its clock in the log of the undo", async () => {
      const desk = sitDown();
      const clock = await change(desk, "add");
      await undo(desk);
      const [entry] = await desk.store.history(desk.user, {});
      expect(entry).toMatchObject({ action: "undo", undoes: clock });
    });

    test("comes with what its fields are now and the task's revision, to see what was changed since", async () => {
      const desk = sitDown();
      const [task] = await desk.add({ title: "a", project: "Home" });
      await desk.edit(task, { title: "b" });
      const moved = await desk.edit(task, { description: "c" });
      const { current, after, revision } = only(await desk.store.lastChange(desk.user));
      expect(values(current)).toEqual({ description: "c" });
      expect(current).toEqual(after);
      expect(revision).toBe(moved.revision);
      await undo(desk);
      expect(values(only(await desk.store.lastChange(desk.user)).current)).toEqual({ title: "b" });
    });

    test("is none for a new user", async () => {
      expect(await lastActions(sitDown())).toEqual([]);
    });
  });
}
