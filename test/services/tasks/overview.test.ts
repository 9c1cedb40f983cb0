import { expect, test } from "bun:test";
import fc from "fast-check";
import { DUE_GROUPS, findDueRanges, groupOfDue } from "../../../src/domain/dates/due-groups.ts";
import { hideWaiting } from "../../../src/domain/dates/waiting.ts";
import { PENDING } from "../../../src/domain/query/query.ts";
import { orderByDay } from "../../../src/services/tasks/list-by-day.ts";
import { readOverview } from "../../../src/services/tasks/overview.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { openInMemory } from "../../support/server/api.ts";
import { createTestUser, newId } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const ZONES = ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
const store = openInMemory();

const hours = fc.integer({ min: -60, max: 24 * 5 }).map((hour) => Date.UTC(2026, 10, 20, 9) + hour * 3_600_000);
const anyDue = fc.oneof(
  fc.constant(null),
  hours.map((ms) => new Date(ms).toISOString().slice(0, 10)),
  hours.map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`),
);

test("an overview has the first tasks of each group and counts all, whether or not it reads all", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDue, { maxLength: 20 }),
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 25 }),
      async (dues, zone, limit) => {
        const { user, add } = createTestUser(store);
        await add(...dues.map((due, at) => ({ title: `${at}`, due_date: due })));
        await add({ title: "done", due_date: "2026-11-20", completed_at: "2026-11-20T08:00:00.000Z" });
        await add({ title: "waits", due_date: "2026-11-20", wait_until: "2026-11-23" });
        const workspace: Workspace = { store, user, system: { ...SYSTEM, newId, timeZone: () => zone } };
        const ranges = findDueRanges(workspace.system);
        const { tasks } = await store.find(user, { where: [PENDING, hideWaiting(workspace.system)] });
        const byGroup = Map.groupBy(orderByDay(workspace, tasks), ({ dueDate }) => groupOfDue(dueDate, ranges));
        const overview = await readOverview(workspace, limit);
        expect(overview).toMatchObject({
          open: dues.length,
          waiting: 1,
          overdue: byGroup.get("overdue")?.length ?? 0,
          today: byGroup.get("today")?.length ?? 0,
        });
        expect(overview.groups.map(({ group }) => group)).toEqual(DUE_GROUPS.filter((group) => byGroup.has(group)));
        for (const { group, tasks: shown } of overview.groups) {
          expect(shown).toHaveLength(
            dues.length <= limit ? shown.length : Math.min(limit, byGroup.get(group)?.length ?? 0),
          );
          const all = byGroup.get(group) ?? [];
          expect(all.filter((task) => shown.some(({ id }) => id === task.id))).toEqual([...shown]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
