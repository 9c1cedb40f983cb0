import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { checkDraft, draftFields } from "../../../src/domain/task/fields.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { Store } from "../../../src/ports/store.ts";
import { readLog, undoLastChange } from "../../../src/services/tasks/history.ts";
import { parseRecords } from "../../../src/services/tasks/records.ts";
import { editTasks } from "../../../src/services/tasks/edit-tasks.ts";
import { importRecords } from "../../../src/services/tasks/import-tasks.ts";
import { exportTasks } from "../../../src/services/tasks/export-tasks.ts";
import { toWire, type WireTask } from "../../../src/contract/task.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { anyDraft, anyTitle, SYSTEM } from "../../support/tasks/arbitraries.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";

const WHEN = "2026-11-20T09:00:00.000Z";

/** One with everything, one with nothing, a done one and a deleted one. */
const RECORDS = [
  {
    id: newId(),
    title: 'Ærø, "Ålborg" \\ 🦊',
    description: "two\nlines\u2028and\u0001more",
    due_date: "2026-12-01T10:00:00Z",
    priority: "high",
    project: "__proto__",
    tags: ["Å", "__proto__", "aa", "z:1", "🦊"],
    created_at: "2020-01-01T00:00:00.000Z",
    updated_at: "2020-02-01T00:00:00.000Z",
  },
  {
    id: newId(),
    title: "Nothing more",
    created_at: "2019-01-01T00:00:00.000Z",
    updated_at: "2019-01-01T00:00:00.000Z",
  },
  { id: newId(), title: "Done", completed_at: "2020-03-01T00:00:00.000Z", updated_at: "2020-03-01T00:00:00.000Z" },
  { id: newId(), title: "Gone", deleted_at: "2020-04-01T00:00:00.000Z", updated_at: "2020-04-01T00:00:00.000Z" },
];

const anyMoment = fc.integer({ min: 0, max: OPENING }).map((ms) => new Date(ms).toISOString());

/** What a task has that commands set, as its fields. */
const anyState = fc.record(
  {
    completed_at: anyMoment,
    cancelled: fc.boolean(),
    started_at: anyMoment,
    deleted_at: anyMoment,
    series: fc.uuid({ version: 7 }),
    skipped: fc.boolean(),
    "time:2026-11:a1b2c3d4": fc.nat(100_000),
    "time:2026-10:a1b2c3d4": fc.nat(100_000),
    [`note:${newId()}`]: anyTitle,
    [`note:${newId()}`]: anyTitle,
  },
  { requiredKeys: [] },
);

const anyFields = fc.tuple(anyDraft, anyState, anyMoment).map(([draft, state, createdAt]): Fields => {
  const set = Object.entries(state).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { ...draftFields(checkDraft(draft), createdAt), ...Object.fromEntries(set) };
});

export function describeTransfer(openStore: () => Store): void {
  function newUser(store = openStore(), user = "ann") {
    const workspace: Workspace = { store, user, system: { ...SYSTEM, newId } };
    return {
      workspace,
      bring: (records: readonly unknown[]) =>
        importRecords(workspace, parseRecords(new TextEncoder().encode(JSON.stringify(records)))),
      take: async (deleted = true): Promise<WireTask[]> => {
        const { pages } = await exportTasks(workspace, { deleted });
        return (await Array.fromAsync(pages)).flat().map(toWire);
      },
    };
  }

  describe("an import", () => {
    test("makes the tasks that the file names, as it says, and brings back when they were changed last", async () => {
      const { bring, take } = newUser();
      expect(await bring(RECORDS)).toEqual({ added: 4, changed: 0, unchanged: 0 });
      const expected = RECORDS.map((record) => ({
        ...record,
        created_at: record.created_at ?? record.updated_at,
        ...(record.tags && { tags: record.tags.toSorted() }),
      }));
      expect(await take()).toMatchObject(expected);
    });

    test("that puts an occurrence off says anew which one, as an edit does", async () => {
      const { bring, workspace } = newUser();
      const id = newId();
      const recurrence = { rule: "FREQ=WEEKLY;BYDAY=MO", start: "2026-11-23" };
      await bring([{ id, title: "Water", recurrence, due_date: "2026-11-23" }]);
      await bring([{ id, title: "Water", due_date: "2026-11-25" }]);
      const [entry] = await workspace.store.history(workspace.user, { id, limit: 1 });
      expect(Object.keys(entry?.after ?? {}).toSorted()).toEqual(["due_date", "occurrence"]);
    });

    test("of the same file again changes nothing, also where the records have no ids and some are equal", async () => {
      const { bring, take } = newUser();
      const bare = [
        { title: "Pay rent", tags: ["b", "a"] },
        { title: "Pay rent", tags: ["b", "a"] },
        { title: "Milk" },
      ];
      const file = [...RECORDS, ...bare];
      await bring(file);
      const before = await take();
      expect(await bring(file)).toEqual({ added: 0, changed: 0, unchanged: 7 });
      expect(await take()).toEqual(before);
    });

    test("changes what a record says and keeps what it leaves out", async () => {
      const { bring, take } = newUser();
      await bring(RECORDS);
      const [whole, ...rest] = RECORDS.map(({ id }, at) => ({ id, title: `New ${at}` }));
      expect(await bring([{ ...whole, tags: ["aa", "new"], priority: null }, ...rest])).toMatchObject({ changed: 4 });
      const [first, , done, gone] = await take();
      expect(first).toMatchObject({ title: "New 0", tags: ["aa", "new"], priority: null, project: "__proto__" });
      expect(first?.updated_at).toBe(WHEN);
      expect(done).toMatchObject({ title: "New 2", completed: true });
      expect(gone).toMatchObject({ deleted_at: null });
    });

    test("sets what commands set, and takes back what the record says is not so", async () => {
      const { bring, take } = newUser();
      const [id, one, two] = [newId(), newId(), newId()];
      await bring([
        {
          id,
          title: "x",
          completed: true,
          cancelled: true,
          started_at: WHEN,
          tracked_minutes: 5,
          notes: [
            { id: one, text: "one" },
            { id: two, text: "two" },
          ],
        },
      ]);
      const [first] = await take();
      expect(first).toMatchObject({
        cancelled: true,
        started_at: WHEN,
        tracked_minutes: 5,
        notes: [{ id: one }, { id: two }],
      });
      await bring([{ id, title: "x", notes: [{ id: two, text: "three" }], started_at: null, tracked_minutes: 50 }]);
      const [second] = await take();
      expect(second).toMatchObject({
        cancelled: true,
        started_at: null,
        tracked_minutes: 5,
        notes: [{ id: two, text: "three" }],
      });
      await bring([{ id, title: "x", completed: true, cancelled: false }]);
      expect(await take()).toMatchObject([{ completed: true, cancelled: false, notes: [{ id: two }] }]);
    });

    test("takes more notes than can be added, which two devices may have done", async () => {
      const { bring, take } = newUser();
      const notes = Array.from({ length: 101 }, (_, place) => ({ id: newId(), text: `${place}` }));
      await bring([{ id: newId(), title: "x", notes }]);
      expect((await take())[0]?.notes).toHaveLength(101);
    });

    test("closes what the record calls cancelled or skipped and says no more of", async () => {
      const { bring, take } = newUser();
      const id = newId();
      await bring([{ id, title: "x", cancelled: true, completed: false }]);
      expect(await take()).toMatchObject([{ completed: false, cancelled: false }]);
      await bring([{ id, title: "x", cancelled: true }]);
      expect(await take()).toMatchObject([{ completed: true, cancelled: true }]);
    });

    test("of a task that was changed in the future counts as changed now, so that later edits take effect", async () => {
      const { workspace, bring, take } = newUser();
      await bring([{ title: "Pay rent", updated_at: "2030-01-01T00:00:00.000Z" }]);
      expect(await take()).toMatchObject([{ title: "Pay rent", updated_at: WHEN }]);
      const findAll = async () => (await workspace.store.find(workspace.user, { where: [] })).tasks;
      await editTasks(workspace, findAll, { title: "Rent" });
      expect(await take()).toMatchObject([{ title: "Rent" }]);
    });

    test("of more tasks than one statement takes is one change, which undo takes back", async () => {
      const { workspace, bring, take } = newUser();
      const many = Array.from({ length: 1203 }, (_, at) => ({ title: `Task ${at}`, tags: [`t${at % 7}`] }));
      expect(await bring(many)).toEqual({ added: 1203, changed: 0, unchanged: 0 });
      const titles = (await take()).map(({ title }) => title);
      expect(titles.toSorted()).toEqual(many.map(({ title }) => title).toSorted());
      const log = await readLog(workspace, {});
      expect(new Set(log.map(({ clock, action: command, at }) => `${clock} ${command} ${at}`)).size).toBe(1);
      expect(log).toHaveLength(1203);
      const undone = await undoLastChange(workspace);
      expect(undone).toMatchObject({ action: "import", at: OPENING, kept: [] });
      expect(undone?.tasks).toHaveLength(1203);
      expect(await take(false)).toEqual([]);
    });
  });

  describe("an export", () => {
    test("has the tasks in the order of their ids and says how many they are, deleted ones where they are wanted", async () => {
      const { workspace, bring, take } = newUser();
      const file = [...RECORDS, ...Array.from({ length: 450 }, (_, at) => ({ id: newId(), title: `Task ${at}` }))];
      await bring(file.toReversed());
      expect((await take()).map(({ id }) => id)).toEqual(file.map(({ id }) => id));
      expect((await take(false)).map(({ title }) => title)).not.toContain("Gone");
      expect((await exportTasks(workspace, { deleted: true })).total).toBe(454);
      expect((await exportTasks(workspace, { deleted: false })).total).toBe(453);
    });

    test("is the same again after an import into an empty list, whatever the tasks have", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyFields, { maxLength: 4 }), async (tasks) => {
          const [mine, yours] = [newUser(), newUser()];
          const edits = tasks.map((fields) => ({ id: newId(), fields }));
          await mine.workspace.store.commit("ann", { action: "add", now: OPENING, edits });
          const exported = await mine.take();
          await yours.bring(exported);
          expect(await yours.take()).toEqual(exported);
          expect(await yours.bring(exported)).toMatchObject({ added: 0, changed: 0, unchanged: tasks.length });
        }),
        { numRuns: 30 },
      );
    });

    test("is imported by somebody else as it was, and neither has anything of the other's", async () => {
      const mine = newUser();
      await mine.bring(RECORDS);
      const exported = await mine.take();
      const theirs = newUser(mine.workspace.store, "ben");
      expect(await theirs.take()).toEqual([]);
      await theirs.bring(exported);
      expect(await theirs.take()).toEqual(exported);
      await theirs.bring(exported.map(({ id }) => ({ id, title: "Theirs" })));
      expect(await mine.take()).toEqual(exported);
    });
  });
}
