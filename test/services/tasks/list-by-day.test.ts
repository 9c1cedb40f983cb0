import { expect, test } from "bun:test";
import fc from "fast-check";
import { localDayOf } from "../../../src/domain/dates/due-groups.ts";
import { listByDay, orderByDay } from "../../../src/services/tasks/list-by-day.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { openInMemory } from "../../support/server/api.ts";
import { createTestUser, newId, titleOf } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const ZONES = ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
const store = openInMemory();

async function aWorkspace(zone: string, dues: readonly string[]): Promise<Workspace> {
  const { user, add } = createTestUser(store);
  await add(...dues.map((due) => ({ title: due, due_date: due })));
  return { store, user, system: { ...SYSTEM, newId, timeZone: () => zone } };
}

async function readDues(workspace: Workspace, size?: number): Promise<string[]> {
  return (await Array.fromAsync(listByDay(workspace, [{ kind: "dated", date: "dueDate" }], size))).flat().map(titleOf);
}

test("the evening of a day stands before the day, and the next morning behind it, on all sides of UTC", async () => {
  const dues = ["2026-11-20", "2026-11-21", "2026-11-20T12:00:00Z", "2026-11-20T23:00:00Z", "2026-11-20T04:00:00Z"];
  expect(await readDues(await aWorkspace("Europe/Berlin", dues))).toEqual([
    "2026-11-20T04:00:00Z",
    "2026-11-20T12:00:00Z",
    "2026-11-20",
    "2026-11-20T23:00:00Z",
    "2026-11-21",
  ]);
  expect(await readDues(await aWorkspace("Pacific/Pago_Pago", dues))).toEqual([
    "2026-11-20T04:00:00Z",
    "2026-11-20T12:00:00Z",
    "2026-11-20T23:00:00Z",
    "2026-11-20",
    "2026-11-21",
  ]);
});

test("tasks come in the order of the user's days, each once, wherever the pages of the database end", async () => {
  const hours = fc.integer({ min: 0, max: 24 * 8 }).map((hour) => Date.UTC(2026, 10, 20) + hour * 3_600_000);
  const anyDue = fc.oneof(
    hours.map((ms) => new Date(ms).toISOString().slice(0, 10)),
    hours.map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`),
    fc.constantFrom("nonsense", "2026-13-45", "2026-11-2x", "9999-12-31"),
  );
  const dues = fc.array(anyDue, { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(dues, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 7 }), async (all, zone, size) => {
      const workspace = await aWorkspace(zone, all);
      const listed = await readDues(workspace, size);
      expect(listed.toSorted()).toEqual(all.toSorted());
      const days = listed.map((due) => localDayOf(due, zone));
      if (all.every((due) => !Number.isNaN(Date.parse(due)))) expect(days).toEqual(days.toSorted());
      expect(await readDues(workspace)).toEqual(
        orderByDay(workspace, (await store.find(workspace.user, { where: [] })).tasks).map(titleOf),
      );
    }),
    { numRuns: 60 },
  );
});
