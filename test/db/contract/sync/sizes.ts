import { describe, expect, test } from "bun:test";
import { type Fields, stampFields } from "../../../../src/domain/task/registers.ts";
import { MAX_TASK_BYTES, MAX_TASK_FIELDS } from "../../../../src/domain/task/size.ts";
import { createTestUser, newId, only } from "../../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";
import { CLOCKS, describeRegisters, NASTY_KEYS } from "../../../support/tasks/registers.ts";
import { fillUp } from "../../../support/tasks/sizes.ts";

/** Characters that JSON escapes, or that take more bytes than places. */
const NASTY_VALUE = "\u0001\b\n\u007f\"\\'\u2028é\uffff😀";
const NASTY: Fields = Object.fromEntries(
  NASTY_KEYS.map((key) => [key, key.startsWith("tag:") ? key.length % 2 === 0 : NASTY_VALUE]),
);
const HALF = MAX_TASK_BYTES / 2;

export function describeSizes(concurrentStores: ConcurrentSyncStores): void {
  describe("the size of a task", () => {
    const open = () => {
      const { store, sync, others, byHand } = concurrentStores();
      const { user, get } = createTestUser(store);
      const registersOf = async (id: string) =>
        (await bring(sync, user, [])).tasks.find((task) => task.id === id)?.registers ?? {};
      /** Makes a task as it was before tasks had limits. */
      const plant = async (fields: Fields) => {
        const task = arriving({ title: "old" });
        await bring(sync, user, [task]);
        const registers = JSON.stringify(stampFields(fields, CLOCKS[0])).replaceAll("'", "''");
        await byHand(`update tasks set registers = '${registers}' where id = '${task.id}'`);
        return task.id;
      };
      return { sync, others, user, get, registersOf, plant };
    };

    test("may be its limit exactly, whatever the names and values are, and not a byte more", async () => {
      const { sync, user, registersOf } = open();
      const [full, over] = [fillUp(MAX_TASK_BYTES, NASTY), fillUp(MAX_TASK_BYTES + 1, NASTY)];
      for (const [fields, isLeftOut] of [
        [full, false],
        [over, true],
      ] as const) {
        const small = arriving({ title: "small" });
        const large = arriving({ title: "large", ...fields });
        const { leftOut = [] } = await bring(sync, user, [large, small]);
        expect(leftOut).toEqual(isLeftOut ? [large.id] : []);
        expect(describeRegisters(await registersOf(large.id))).toEqual(
          describeRegisters(isLeftOut ? {} : large.registers),
        );
        expect(await registersOf(small.id)).toEqual(small.registers);
      }
    });

    test("is that of all that was merged into it: the second half and a byte is left out, and nothing else of the call", async () => {
      const { sync, user, registersOf } = open();
      const first = arriving({ title: "first", ...fillUp(HALF, {}, "a") });
      expect(await bring(sync, user, [first])).not.toHaveProperty("leftOut");
      const second = arriving({ ...fillUp(HALF + 1, {}, "b"), title: "second" }, { id: first.id, later: 1 });
      const other = arriving({ title: "other", later: "x" });
      expect((await bring(sync, user, [second, other])).leftOut).toEqual([first.id]);
      expect([await registersOf(first.id), await registersOf(other.id)]).toEqual([first.registers, other.registers]);
      const fitting = arriving(fillUp(HALF, {}, "b"), { id: first.id, later: 1 });
      expect(await bring(sync, user, [fitting])).not.toHaveProperty("leftOut");
      expect(await registersOf(first.id)).toEqual({ ...first.registers, ...fitting.registers });
    });

    test("counts what one call brings in parts", async () => {
      const { sync, user } = open();
      const id = newId();
      const parts = ["a", "b", "c"].map((prefix) => arriving(fillUp(HALF, {}, prefix), { id }));
      const page = await bring(sync, user, parts);
      expect(page.leftOut).toEqual([id]);
      expect((await bring(sync, user, [])).tasks).toEqual([]);
    });

    test("counts fields: tags too, also those that were taken off", async () => {
      const { sync, user, registersOf } = open();
      const tags = Object.fromEntries(
        Array.from({ length: MAX_TASK_FIELDS }, (_, place) => [`tag:t${place}`, place < 9]),
      );
      const task = arriving({ title: "many", ...tags });
      expect(await bring(sync, user, [task])).not.toHaveProperty("leftOut");
      const more = arriving({ "tag:more": true }, { id: task.id });
      expect((await bring(sync, user, [more])).leftOut).toEqual([task.id]);
      const off = arriving({ "tag:t1": false, title: "fewer" }, { id: task.id, later: 1 });
      expect(await bring(sync, user, [off])).not.toHaveProperty("leftOut");
      expect(await registersOf(task.id)).toEqual({ ...task.registers, ...off.registers });
    });

    test("keeps nobody from editing, completing and deleting what is larger since before, or from making it smaller", async () => {
      const { sync, user, get, plant, registersOf } = open();
      const id = await plant({ title: "old", "tag:a": true, ...fillUp(MAX_TASK_BYTES + 60_000, {}) });
      const known = {
        title: "new",
        description: "x".repeat(10_000),
        project: "p",
        completed_at: "2026-11-20T09:00:00.000Z",
        deleted_at: "2026-11-20T09:00:00.000Z",
      };
      const changes = arriving({ ...known, "tag:a": false, f1: "shorter" }, { id, later: 1 });
      expect(await bring(sync, user, [changes])).not.toHaveProperty("leftOut");
      expect(await registersOf(id)).toMatchObject(changes.registers);
      expect(await get(id)).toMatchObject({ title: "new", tags: [] });
      for (const growing of [{ "tag:b": true }, { f1: "y".repeat(65_000), f2: "z".repeat(65_000) }]) {
        expect((await bring(sync, user, [arriving(growing, { id, later: 2 })])).leftOut).toEqual([id]);
      }
    });

    test("is kept where two calls at once bring what fits alone, and the one that came second is told", async () => {
      const { sync, others, user, registersOf } = open();
      const task = arriving({ title: "shared" });
      await bring(sync, user, [task]);
      const sent = ["a", "b"].map((prefix) => arriving(fillUp(HALF + 1, {}, prefix), { id: task.id }));
      const [one, other] = await Promise.all([bring(sync, user, sent.slice(0, 1)), bring(others, user, sent.slice(1))]);
      const told = [one, other].map(({ leftOut = [] }) => leftOut.length);
      expect([told.indexOf(0), told.indexOf(1)]).not.toContain(-1);
      expect(await registersOf(task.id)).toEqual({ ...task.registers, ...sent[told.indexOf(0)]?.registers });
    });

    test("is told again when the call is repeated", async () => {
      const { sync, user } = open();
      const large = arriving({ title: "large", ...fillUp(MAX_TASK_BYTES + 1, {}) });
      for (const _ of [1, 2]) expect((await bring(sync, user, [large])).leftOut).toEqual([large.id]);
      expect(only((await bring(sync, user, [arriving({ title: "one" }), large])).leftOut ?? [])).toBe(large.id);
    });
  });
}
