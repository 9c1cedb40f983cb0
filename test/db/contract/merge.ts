import { UNDATED } from "../../../src/domain/query/query.ts";
import { describe, expect, test } from "bun:test";
import { type Registers, stampFields } from "../../../src/domain/task/registers.ts";
import { handleOf } from "../../../src/domain/task/handle.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type TestUser, newId, only } from "../../support/stores/test-user.ts";
import { CLOCKS } from "../../support/tasks/registers.ts";
import type { NewUser } from "../store-contract.ts";

const [EARLY, , , LATE, LATEST] = CLOCKS;

/** Merges registers of one task and answers it as it is then. */
async function arrive(testUser: TestUser, id: string, ...batches: readonly Registers[]): Promise<Task> {
  const arrivals = batches.map((registers) => ({ id, registers }));
  await testUser.store.merge(testUser.user, arrivals);
  return testUser.get(id);
}

export function describeMerge(newUser: NewUser): void {
  describe("merging what another device made", () => {
    test("makes tasks that were not there, with their handles", async () => {
      const testUser = newUser();
      const id = newId();
      const task = await arrive(testUser, id, stampFields({ title: "theirs", "tag:a": true }, EARLY));
      expect(task).toMatchObject({ id, handle: handleOf(id), title: "theirs", tags: ["a"] });
    });

    test("takes each field from whoever wrote it last", async () => {
      const testUser = newUser();
      const id = newId();
      await arrive(testUser, id, { ...stampFields({ title: "new" }, LATE), ...stampFields({ project: "old" }, EARLY) });
      const later = { ...stampFields({ title: "old" }, EARLY), ...stampFields({ project: "new" }, LATE) };
      const task = await arrive(testUser, id, later);
      expect(task).toMatchObject({ title: "new", project: "new" });
    });

    test("changes nothing and answers nothing when it comes again", async () => {
      const testUser = newUser();
      const arrivals = [EARLY, LATE].map((clock) => ({ id: newId(), registers: stampFields({ title: clock }, clock) }));
      expect(await testUser.store.merge(testUser.user, arrivals)).toHaveLength(2);
      const before = await testUser.find([]);
      expect(await testUser.store.merge(testUser.user, arrivals)).toEqual([]);
      expect(await testUser.store.merge(testUser.user, arrivals.toReversed())).toEqual([]);
      expect(await testUser.find([])).toEqual(before);
    });

    test("answers only the tasks that it changed, and only they get a new revision", async () => {
      const testUser = newUser();
      const [stale, fresh] = [newId(), newId()];
      const first = await testUser.store.merge(testUser.user, [
        { id: stale, registers: stampFields({ title: "new" }, LATE) },
        { id: fresh, registers: stampFields({ title: "old" }, EARLY) },
      ]);
      const changed = await testUser.store.merge(testUser.user, [
        { id: stale, registers: stampFields({ title: "old" }, EARLY) },
        { id: fresh, registers: stampFields({ title: "new" }, LATE) },
      ]);
      const { title, revision } = await testUser.get(fresh);
      expect(title).toBe("new");
      expect(changed).toEqual([{ id: fresh, revision }]);
      expect(revision).toBeGreaterThan(Math.max(...first.map((each) => each.revision)));
      expect((await testUser.get(stale)).revision).toBe(only(first.filter(({ id }) => id === stale)).revision);
    });

    test("joins what it brings for the same task twice", async () => {
      const testUser = newUser();
      const id = newId();
      const late = stampFields({ title: "late" }, LATE);
      const task = await arrive(testUser, id, late, stampFields({ title: "early", project: "Home" }, EARLY));
      expect(task).toMatchObject({ title: "late", project: "Home" });
    });

    test("takes the larger value where the clocks are equal, whoever comes first", async () => {
      const testUser = newUser();
      const [basic, astral] = [stampFields({ title: "\uffff" }, EARLY), stampFields({ title: "😀" }, EARLY)];
      const [one, other] = [newId(), newId()];
      await arrive(testUser, one, basic);
      await arrive(testUser, one, astral);
      await arrive(testUser, other, astral);
      await arrive(testUser, other, basic);
      expect((await testUser.get(one)).title).toBe("😀");
      expect((await testUser.get(other)).title).toBe("😀");
    });

    test("keeps fields that this version does not know, through later edits too", async () => {
      const testUser = newUser();
      const id = newId();
      const unknown = stampFields({ energy: 3 }, EARLY);
      await arrive(testUser, id, { ...unknown, ...stampFields({ title: "x" }, EARLY) });
      await testUser.edit(await testUser.get(id), { title: "y" });
      await testUser.edit(await testUser.get(id), { energy: 4 });
      const [entry] = await testUser.store.history(testUser.user, { id, limit: 1 });
      expect(entry?.before).toEqual(unknown);
    });

    test("never makes a task forget when it was deleted", async () => {
      const testUser = newUser();
      const id = newId();
      await arrive(testUser, id, stampFields({ title: "x", deleted_at: "2026-11-20T09:00:00.000Z" }, LATE));
      await arrive(testUser, id, stampFields({ title: "y" }, LATEST));
      expect(await testUser.get(id)).toMatchObject({ title: "y", deletedAt: "2026-11-20T09:00:00.000Z" });
    });

    test("takes a field of a wrong type for absent, in lists as in the task itself", async () => {
      const testUser = newUser();
      const id = newId();
      await arrive(testUser, id, stampFields({ title: "theirs", deleted_at: 5, due_date: true, project: 7 }, EARLY));
      const where = [{ kind: "status", status: "pending" }, UNDATED] as const;
      const { tasks } = await testUser.store.find(testUser.user, {
        where: [...where, { kind: "project", project: null }],
      });
      expect(tasks).toMatchObject([{ id, deletedAt: null, dueDate: null, project: null }]);
    });

    test("with nothing in it does nothing", async () => {
      const testUser = newUser();
      expect(await testUser.store.merge(testUser.user, [])).toEqual([]);
      expect(await testUser.store.count(testUser.user, [])).toBe(0);
    });

    test("is not in the log, because the device that made it has it there", async () => {
      const testUser = newUser();
      await arrive(testUser, newId(), stampFields({ title: "theirs" }, LATE));
      expect(await testUser.store.history(testUser.user, {})).toEqual([]);
      expect(await testUser.store.lastChange(testUser.user)).toEqual([]);
    });
  });
}
