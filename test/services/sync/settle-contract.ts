import { describe, expect, test } from "bun:test";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { readTask } from "../../../src/domain/task/read-task.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { newId } from "../../support/stores/test-user.ts";
import { arriving, bring, type ConcurrentSyncStores } from "../../support/sync/following.ts";
import { createCaller } from "./exchange-contract.ts";

const DONE_AT = "2026-11-23T08:00:00.000Z";
const MADE = { title: "Water", created_at: "2026-11-20T09:00:00.000Z" };
const WEEKLY = { recurrence: "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO", occurrence: "2026-11-23", due_date: "2026-11-23" };

/** What an exchange leaves of a series that an earlier version has completed. */
export function describeSettledExchange(concurrentStores: ConcurrentSyncStores): void {
  describe("a series that a replica of an earlier version completes", () => {
    const open = async () => {
      const caller = createCaller(concurrentStores);
      const series = arriving({ ...MADE, ...WEEKLY, "tag:home": true });
      const { cursor } = await caller.ask({ changes: [series] });
      const complete = arriving({ completed_at: DONE_AT }, { id: series.id, later: 1000 });
      return { ...caller, series, cursor, complete, recordId: recordIdOf(series.id, WEEKLY.occurrence) };
    };
    const read = (changes: readonly RemoteTask[], id: string) => {
      const task = changes.find((change) => change.id === id);
      return task && readTask({ id, handle: "", revision: 0, registers: task.registers });
    };

    test("goes on with its next occurrence, and the one that was completed is a task of its own", async () => {
      const { ask, series, cursor, complete, recordId } = await open();
      const { changes, more, cursor: next, accepted } = await ask({ cursor, changes: [complete] });
      expect([changes.length, more, accepted]).toEqual([2, false, 1]);
      expect(read(changes, series.id)).toMatchObject({
        completedAt: null,
        dueDate: "2026-11-30",
        occurrence: "2026-11-30",
      });
      expect(read(changes, recordId)).toMatchObject({
        title: "Water",
        tags: ["home"],
        completedAt: DONE_AT,
        dueDate: "2026-11-23",
        occurrence: "2026-11-23",
        series: series.id,
      });
      expect((await ask({ cursor: next })).changes).toEqual([]);
    });

    test("is the same for all others, and the next exchange changes nothing", async () => {
      const { ask, cursor, complete } = await open();
      const { head } = await ask({ cursor, changes: [complete] });
      const { changes } = await ask();
      expect(changes).toHaveLength(2);
      expect((await ask({ changes: [complete, ...changes] })).head).toBe(head);
    });

    test("is settled by the same exchange again if the server was cut off after the merge", async () => {
      const { ask, sync, user, series, cursor, complete } = await open();
      await bring(sync, user, [complete]);
      const { changes } = await ask({ cursor, changes: [complete] });
      expect(read(changes, series.id)).toMatchObject({ completedAt: null, occurrence: "2026-11-30" });
    });

    test("comes page by page like everything else", async () => {
      const { ask, series, cursor, complete, recordId } = await open();
      const first = await ask({ cursor, changes: [complete], limit: 1 });
      const second = await ask({ cursor: first.cursor, limit: 1 });
      const ids = [first, second].flatMap(({ changes }) => changes.map(({ id }) => id));
      expect([first.more, second.more]).toEqual([true, false]);
      expect(ids.toSorted()).toEqual([series.id, recordId].toSorted());
    });

    test("goes on behind what was done ahead", async () => {
      const { ask, series, cursor, complete } = await open();
      const done = { ...MADE, completed_at: DONE_AT, series: series.id, occurrence: "2026-11-30" };
      const ahead = arriving(done, { id: recordIdOf(series.id, "2026-11-30") });
      const { changes } = await ask({ cursor, changes: [complete, ahead] });
      expect(read(changes, series.id)).toMatchObject({ occurrence: "2026-12-07" });
    });

    test("goes on like all of the hundreds that came with it", async () => {
      const { ask } = createCaller(concurrentStores);
      const done = { ...MADE, ...WEEKLY, completed_at: DONE_AT };
      const { changes } = await ask({ changes: Array.from({ length: 450 }, () => arriving(done)) });
      expect(changes.filter(({ registers }) => registers["series"] !== undefined)).toHaveLength(450);
    });

    test("is left to its devices once settling takes long, and holds up nothing else", async () => {
      const { sync, user, ask, series, cursor, complete } = await open();
      let now = 0;
      const clock = () => (now += 1000);
      const { rejected } = await exchange({ sync, user, clock }, { cursor, limit: 1000, changes: [complete] });
      expect(rejected).toEqual([]);
      expect(read((await ask()).changes, series.id)).toMatchObject({ completedAt: DONE_AT, occurrence: "2026-11-23" });
      expect(read((await ask({ cursor, changes: [complete] })).changes, series.id)).toMatchObject({
        completedAt: null,
      });
    });

    test("reopens the parts that were ticked for what is over", async () => {
      const { ask, series, cursor, complete } = await open();
      const part = arriving({ ...MADE, parent: series.id, completed_at: DONE_AT, done_for: "2026-11-23" });
      expect(read((await ask({ cursor, changes: [part] })).changes, part.id)).toBeUndefined();
      const { changes } = await ask({ cursor, changes: [complete] });
      expect(read(changes, part.id)).toMatchObject({ completedAt: null });
    });

    test("reopens a part that was ticked for a later occurrence than the present one, which is done ahead", async () => {
      const { ask, series, cursor } = await open();
      const part = arriving({ ...MADE, parent: series.id, completed_at: DONE_AT, done_for: "2026-12-07" });
      expect(read((await ask({ cursor, changes: [part] })).changes, part.id)).toBeUndefined();
      const done = { ...MADE, completed_at: DONE_AT, series: series.id, occurrence: "2026-12-07" };
      const record = arriving(done, { id: recordIdOf(series.id, "2026-12-07") });
      const { changes } = await ask({ cursor, changes: [record] });
      expect(read(changes, part.id)).toMatchObject({ completedAt: null });
      expect(read((await ask()).changes, series.id)).toMatchObject({ occurrence: "2026-11-23" });
    });

    test("of another user is left alone", async () => {
      const [mine, theirs] = [await open(), await open()];
      await bring(theirs.sync, theirs.user, [theirs.complete]);
      await mine.ask({ changes: [theirs.series, theirs.complete] });
      expect(read((await theirs.ask()).changes, theirs.series.id)).toMatchObject({ completedAt: DONE_AT });
    });
  });

  test("an exchange looks for series only if it brings something and the user has one", async () => {
    const { sync, user } = createCaller(concurrentStores);
    let looks = 0;
    const watched: SyncStore = {
      ...sync,
      findSeries: (of, changed) => {
        looks += 1;
        return sync.findSeries(of, changed);
      },
    };
    const ask = (...changes: RemoteTask[]) => exchange({ sync: watched, user }, { cursor: null, changes });
    await ask(arriving(MADE), arriving({ ...MADE, series: newId(), completed_at: DONE_AT }));
    expect(looks).toBe(0);
    await ask(arriving({ ...MADE, ...WEEKLY }));
    expect(looks).toBe(1);
    await ask();
    expect(looks).toBe(1);
    await ask(arriving(MADE));
    expect(looks).toBe(2);
  });
}
