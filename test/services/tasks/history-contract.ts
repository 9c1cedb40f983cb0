import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  type Fields,
  mergeRegisters,
  readValue,
  type Registers,
  type Scalar,
} from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import { readLog, redoLastUndo, undoLastChange } from "../../../src/services/tasks/history.ts";
import { editTasks } from "../../../src/services/tasks/edit-tasks.ts";
import { addTasks } from "../../../src/services/tasks/add-tasks.ts";
import { toWireLogEntry } from "../../../src/contract/log-entry.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { createTestUser, newId, only, OPENING } from "../../support/stores/test-user.ts";
import { refusalOf } from "../../support/errors.ts";

/** Names of fields, also of those that only a later version knows, and some that every object inherits. */
const NAMES = [
  ["title", "description", "due_date", "tag:home", "completed_at"],
  ["later", "note:019a9f3c-51c8-7000-8000-000000000001", "dep:019a9f3c-51c8-7000-8000-000000000002", "remind:-P1D"],
  ["constructor", "__proto__"],
].flat();
const anyValue = fc.oneof(fc.string({ maxLength: 4 }), fc.nat({ max: 2 }), fc.boolean(), fc.constant(null));
const anyFields = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), anyValue), { minLength: 1, maxLength: 4 })
  .map((entries): Fields => Object.fromEntries(entries));

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

  /** What each field of a task says. One that is not there is null, and one that was taken out is false. */
  async function readFields({ store, user }: Workspace, id: string): Promise<Record<string, Scalar>> {
    const entries = await store.history(user, { id });
    const registers = entries.reduce<Registers>((all, { after }) => mergeRegisters(all, after), {});
    const values = Object.entries(registers).map(([field, register]) => [field, readValue(register)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== null && value !== false));
  }

  test("an undo gives back what every field was, whichever version knows it, and a redo what it was made", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFields, { minLength: 1, maxLength: 4 }), async (changes) => {
        const { workspace, task, commit } = await aTestUser();
        const states = [await readFields(workspace, task.id)];
        for (const fields of changes) {
          await commit([{ id: task.id, fields }]);
          states.push(await readFields(workspace, task.id));
        }
        for (const state of states.slice(0, -1).toReversed()) {
          expect(await undoLastChange(workspace)).toMatchObject({ kept: [] });
          expect(await readFields(workspace, task.id)).toEqual(state);
        }
        for (const state of states.slice(1)) {
          await redoLastUndo(workspace);
          expect(await readFields(workspace, task.id)).toEqual(state);
        }
      }),
      { numRuns: 25, seed: 20_261_130 },
    );
  });

  describe("the undo of a new task", () => {
    test("deletes it also if it has fields of a later version", async () => {
      const { workspace, commit, get } = await aTestUser();
      const id = newId();
      const fields = { title: "Paint", created_at: new Date(OPENING).toISOString(), "dep:later": true, rank: "a0" };
      await commit([{ id, fields }], { action: "add" });
      expect(await undoLastChange(workspace)).toMatchObject({ action: "add", kept: [] });
      expect((await get(id)).deletedAt).not.toBe(null);
    });

    test.each(["rank", "note:1"])("keeps it if another device has set %s since, and says so", async (field) => {
      const { workspace, task, get } = await aTestUser();
      const clock = only(await workspace.store.history(workspace.user, {})).clock;
      const register = `${clock.slice(0, 12)}ffff00000001"a0"`;
      await workspace.store.merge(workspace.user, [{ id: task.id, registers: { [field]: register } }]);
      expect(await undoLastChange(workspace)).toMatchObject({ kept: [{ id: task.id, field }] });
      expect((await get(task.id)).deletedAt).toBe(null);
    });

    test("deletes it also if its clock was ahead, which is noted beside its fields", async () => {
      const { workspace, task, get } = await aTestUser();
      const clock = only(await workspace.store.history(workspace.user, {})).clock;
      const registers = { wall_clock: `${clock.slice(0, 12)}ffff00000001${OPENING}` };
      await workspace.store.merge(workspace.user, [{ id: task.id, registers }]);
      expect(await undoLastChange(workspace)).toMatchObject({ kept: [] });
      expect((await get(task.id)).deletedAt).not.toBe(null);
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
