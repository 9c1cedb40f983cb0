import { describe, expect, test } from "bun:test";
import type { Fields } from "../../../../src/domain/task/registers.ts";
import { newId } from "../../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../../support/sync/following.ts";

const DONE_AT = "2026-11-23T09:00:00.000Z";
const RULE = "due 2026-11-16 FREQ=WEEKLY;BYDAY=MO";

/** A series of which 16 November is done, 23 November is the present one, and 30 November was done ahead. */
export function draftSeries(fields: Fields = {}) {
  const series = arriving({ title: "Water", recurrence: RULE, occurrence: "2026-11-23", ...fields });
  const draftRecord = (occurrence: string, more: Fields = {}) =>
    arriving({ title: "Water", series: series.id, occurrence, completed_at: DONE_AT, "tag:home": true, ...more });
  const draftPart = (more: Fields) => arriving({ title: "Part", parent: series.id, ...more });
  const records = { past: draftRecord("2026-11-16"), ahead: draftRecord("2026-11-30") };
  const ticked = draftPart({ completed_at: DONE_AT, done_for: "2026-11-23" });
  return { series, ...records, ticked, draftRecord, draftPart };
}

export function describeSeries(concurrentStores: ConcurrentSyncStores): void {
  const open = async () => {
    const { sync } = concurrentStores();
    const user = `user-${crypto.randomUUID()}`;
    const drafts = draftSeries();
    const { series, past, ahead, ticked } = drafts;
    const other = arriving({ title: "Other" });
    await bring(sync, user, [series, past, ahead, ticked, other]);
    const find = async (...changed: string[]) => (await sync.findSeries(user, changed)).map(({ id }) => id).toSorted();
    return { ...drafts, sync, user, other, find, add: (...arrivals: (typeof other)[]) => bring(sync, user, arrivals) };
  };

  describe("what decides whether a series is settled", () => {
    test.each(["series", "past", "ahead", "ticked"] as const)("is found by a change of its %s", async (changed) => {
      const { find, series, ticked, [changed]: task } = await open();
      expect(await find(task.id)).toEqual([series.id, ticked.id].toSorted());
    });

    test("is found once for many changes, with all that the tasks are", async () => {
      const { sync, user, series, past, ticked, other } = await open();
      const changed = [series, past, ticked, other].map(({ id }) => id);
      const many = [...changed, ...Array.from({ length: 20 }, newId)];
      for (const ids of [changed, many]) {
        const found = await sync.findSeries(user, ids);
        expect(found).toHaveLength(2);
        expect(found).toEqual(expect.arrayContaining([series, ticked]));
      }
    });

    test("has the record of the present occurrence, and of one for which a part was ticked", async () => {
      const { find, add, series, ahead, ticked, draftRecord, draftPart } = await open();
      const present = draftRecord("2026-11-23", { deleted_at: DONE_AT });
      const early = draftPart({ completed_at: DONE_AT, done_for: "2026-11-30" });
      await add(present, early);
      const expected = [series, ticked, present, early, ahead].map(({ id }) => id).toSorted();
      expect(await find(series.id)).toEqual(expected);
    });

    test("has no part that is open, deleted, or ticked for nothing", async () => {
      const { find, add, series, ticked, draftPart } = await open();
      const done = { completed_at: DONE_AT, done_for: "2026-11-23" };
      await add(
        draftPart({ done_for: "2026-11-23" }),
        draftPart({ completed_at: DONE_AT }),
        draftPart({ ...done, completed_at: null }),
        draftPart({ ...done, deleted_at: DONE_AT }),
      );
      expect(await find(series.id)).toEqual([series.id, ticked.id].toSorted());
    });

    test("is nothing for tasks that don't repeat, that are unknown, or whose series is deleted or ended", async () => {
      const { find, add, series, past, ticked, other } = await open();
      expect(await find(other.id, newId())).toEqual([]);
      expect(await find()).toEqual([]);
      const ended = draftSeries({ recurrence: null });
      const deleted = arriving({ deleted_at: DONE_AT }, { id: series.id, later: 1 });
      await add(ended.series, ended.past, deleted);
      expect(await find(series.id, past.id, ticked.id, ended.series.id, ended.past.id)).toEqual([]);
    });

    test("is never another user's", async () => {
      const [mine, theirs] = [await open(), await open()];
      expect(await mine.find(theirs.series.id, theirs.past.id, theirs.ticked.id)).toEqual([]);
      expect(await mine.sync.findRecords(mine.user, [theirs.series.id])).toEqual([]);
    });
  });

  test("the records of series come without what only people read", async () => {
    const { sync, user, series, past, ahead, other } = await open();
    const records = await sync.findRecords(user, [series.id, other.id]);
    expect(records.map(({ id }) => id).toSorted()).toEqual([past.id, ahead.id].toSorted());
    const fields = records.map(({ registers }) => Object.keys(registers).toSorted());
    expect(fields).toEqual(records.map(() => ["completed_at", "occurrence", "series"]));
    expect(records.find(({ id }) => id === past.id)?.registers["occurrence"]).toBe(past.registers["occurrence"] ?? "");
  });

  test("whether a user has a series is known before anything is merged", async () => {
    const { sync } = concurrentStores();
    const user = `user-${crypto.randomUUID()}`;
    const { series, past } = draftSeries();
    const ask = async () => (await sync.precheck(user, { head: null, arrivals: [series] })).hasSeries;
    await bring(sync, user, [past]);
    expect(await ask()).toBe(false);
    await bring(sync, user, [series]);
    expect(await ask()).toBe(true);
    await bring(sync, user, [arriving({ recurrence: null }, { id: series.id, later: 1 })]);
    expect(await ask()).toBe(false);
  });
}
