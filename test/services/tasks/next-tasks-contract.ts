import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isDay } from "../../../src/domain/dates/due-date.ts";
import { isHidden } from "../../../src/domain/dates/waiting.ts";
import {
  BAND_OF_REASON,
  BANDS,
  compareWithinBand,
  findBandBounds,
  findReason,
} from "../../../src/domain/query/bands.ts";
import { PRIORITIES, type Task } from "../../../src/domain/task/task.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { findWaiting } from "../../../src/domain/tree/dependencies.ts";
import type { Store } from "../../../src/ports/store.ts";
import { countNext, readNext } from "../../../src/services/tasks/next-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { createTestUser, newId, titleOf } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const HOUR_MS = 3_600_000;
const ALL = Number.POSITIVE_INFINITY;

/** Within two weeks of now, so that each band gets some. */
const anyNearDate = fc.oneof(
  fc
    .integer({ min: -14, max: 14 })
    .map((days) => new Date(SYSTEM.now() + days * 24 * HOUR_MS).toISOString().slice(0, 10)),
  fc
    .integer({ min: -30, max: 30 })
    .map((hours) => `${new Date(SYSTEM.now() + hours * HOUR_MS).toISOString().slice(0, 19)}Z`),
);

/** A third of them has no such field. */
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });

const anyTask = fc.record({
  title: fc.constantFrom("a", "b"),
  due_date: rarely(fc.oneof({ weight: 20, arbitrary: anyNearDate }, { weight: 1, arbitrary: fc.constant("soon") })),
  scheduled_date: fc.option(anyNearDate, { freq: 1 }),
  wait_until: fc.option(anyNearDate, { freq: 1 }),
  priority: fc.option(fc.constantFrom(...PRIORITIES)),
  rank: fc.option(fc.constantFrom("a0", "a1", "b")),
  started_at: fc.option(fc.constant("2026-11-20T08:00:00.000Z"), { freq: 1 }),
  completed_at: fc.option(fc.constant("2026-11-20T08:30:00.000Z"), { freq: 1 }),
  /** The place of a task that it waits for. */
  waitsFor: fc.option(fc.nat(29), { freq: 1 }),
});

/** What can be done now, in its order, of tasks that are in memory. */
function sortReady(tasks: readonly Task[], system: Workspace["system"]): Task[] {
  const bounds = findBandBounds(system);
  const bandOf = (task: Task) => BANDS.indexOf(BAND_OF_REASON[findReason(task, bounds)]);
  const now = `${new Date(system.now()).toISOString().slice(0, 19)}Z`;
  const isLater = (date: string) => date > (isDay(date) ? system.today() : now);
  const open = new Map(tasks.filter(({ completedAt }) => completedAt === null).map((task) => [task.id, task]));
  const waiting = findWaiting(open.keys().toArray(), (id) => open.get(id)?.dependsOn);
  const isReady = ({ id, waitUntil, scheduledDate }: Task) =>
    !(waitUntil !== null && isHidden(waitUntil, system)) &&
    !(scheduledDate !== null && isLater(scheduledDate)) &&
    (waiting.get(id)?.waitsFor.length ?? 0) === 0;
  const ready = open.values().filter(isReady).toArray();
  return ready.toSorted((one, other) => bandOf(one) - bandOf(other) || compareWithinBand(one, other));
}

export function describeNextTasks(openStore: () => Store): void {
  async function aTestUser(...tasks: readonly Fields[]) {
    const testUser = createTestUser(openStore());
    const workspace: Workspace = { store: testUser.store, user: testUser.user, system: { ...SYSTEM, newId } };
    const added = tasks.length === 0 ? [] : await testUser.add(...tasks);
    return { ...testUser, workspace, added };
  }

  describe("what to do next", () => {
    test("is the same, read band by band, as all that is ready in the order of the rule", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 30 }), fc.nat(10), async (drafts, limit) => {
          const ids = drafts.map(newId).toSorted();
          const edits = drafts.map(({ waitsFor, ...fields }, at) => {
            const other = waitsFor === null ? undefined : ids[waitsFor];
            return { id: ids[at] ?? "", fields: { ...fields, ...(other && { [`dep:${other}`]: true }) } };
          });
          const { workspace, commit, find } = await aTestUser();
          await commit(edits);
          const expected = sortReady(await find([]), SYSTEM);
          const items = await readNext(workspace, [], ALL);
          expect(items.map(({ task }) => task.id)).toEqual(expected.map(({ id }) => id));
          const first = await readNext(workspace, [], limit);
          expect(first).toEqual(items.slice(0, limit));
          const counts = await countNext(workspace, []);
          expect(counts.ready).toBe(items.length);
          const open = await find([{ kind: "status", status: "pending" }]);
          expect(counts.ready + counts.blocked + counts.waiting + counts.planned).toBe(open.length);
        }),
        { numRuns: 30 },
      );
    });

    test("meets a filter, also where that hides what waits, and counts what the filter hides", async () => {
      const { workspace } = await aTestUser(
        { title: "home", "tag:home": true },
        { title: "hidden", "tag:home": true, wait_until: "2026-11-21" },
        { title: "work", "tag:work": true },
      );
      const filter = [
        { kind: "tag", tag: "home" },
        { kind: "not", condition: { kind: "waiting", now: { day: "2026-11-20", moment: "2026-11-20T09:00:00Z" } } },
      ] as const;
      const items = await readNext(workspace, filter, ALL);
      expect(items.map(({ task }) => titleOf(task))).toEqual(["home"]);
      expect(await countNext(workspace, filter)).toEqual({ ready: 1, blocked: 0, waiting: 1, planned: 0 });
    });

    test("goes on behind what is blocked, however much that is", async () => {
      const { workspace, add } = await aTestUser();
      const [last] = await add({ title: "last", priority: "low" });
      const held = { title: "held", priority: "high", [`dep:${last.id}`]: true };
      await add(...Array.from({ length: 12 }, () => held), { title: "next", due_date: "2027-01-01" });
      const items = await readNext(workspace, [], 2);
      expect(items.map(({ task }) => titleOf(task))).toEqual(["next", "last"]);
    });

    test("says of each task why it is to be done", async () => {
      const { workspace } = await aTestUser(
        { title: "rest", due_date: "2026-11-28" },
        { title: "high", priority: "high" },
        { title: "soon", due_date: "2026-11-27" },
        { title: "planned", scheduled_date: "2026-11-18" },
        { title: "today", due_date: "2026-11-20" },
        { title: "overdue", due_date: "2026-11-20T08:59:59Z" },
        { title: "started", due_date: "2026-11-19", started_at: "2026-11-20T08:00:00.000Z" },
      );
      const items = await readNext(workspace, [], ALL);
      expect(items.map(({ task, reason }) => [titleOf(task), reason])).toEqual([
        ["started", "started"],
        ["overdue", "overdue"],
        ["today", "due_today"],
        ["planned", "planned"],
        ["high", "high_priority"],
        ["soon", "due_soon"],
        ["rest", "none"],
      ]);
    });
  });
}
