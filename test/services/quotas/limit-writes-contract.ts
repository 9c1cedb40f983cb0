import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Quotas } from "../../../src/domain/quotas.ts";
import { createAdmission, createSettledCount, limitCommits } from "../../../src/services/quotas/limit-writes.ts";
import { createUsageMeter } from "../../../src/services/quotas/usage-meter.ts";
import { stopTasks } from "../../../src/services/tasks/start-tasks.ts";
import { deleteTasks } from "../../../src/services/tasks/delete-tasks.ts";
import { findTask } from "../../../src/services/tasks/find-tasks.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { useOpened } from "../../support/opened.ts";
import { refusalOf } from "../../support/errors.ts";
import { at, createTestUser, newId } from "../../support/stores/test-user.ts";
import { arriving, type ConcurrentSyncStores, type OpenedSync } from "../../support/sync/following.ts";

const DELETED_AT = "2026-11-20T09:00:00.000Z";
const CREATED_AT = { created_at: DELETED_AT };
const STARTED_AT = "2026-11-19T09:00:00.000Z";
/** Longer than a measurement of the little that is here is trusted at a limit. */
const PAUSE_MS = 1000;

/** What quotas of tasks and bytes do, whatever the database. */
export function describeLimitedWrites(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);

    /** A server with these quotas, and a user of it. `start` starts one that has measured nothing, and `plain` has no limits. */
    const enter = (quotas: Partial<Quotas>) => {
      const opened = concurrentStores();
      const clock = { now: 0 };
      const start = ({ store = opened.store, limits = { tasks: 0, bytes: 0, ...quotas } } = {}) => {
        const meter = createUsageMeter(opened.usage, limits, () => clock.now);
        return {
          store: limitCommits(store, meter),
          admit: createAdmission(opened.usage, meter),
          countSettled: createSettledCount(meter),
        };
      };
      const { store, admit, countSettled } = start();
      const testUser = createTestUser(store);
      const { user } = testUser;
      const workspace = { store, user, system: { ...SYSTEM, newId } };
      const remove = (id: string, by = workspace) => deleteTasks(by, async () => [await findTask(by, id)]);
      const sync = (changes: Parameters<typeof exchange>[1]["changes"], by = admit) =>
        exchange({ sync: opened.sync, user, admit: by, countSettled }, { cursor: null, changes });
      return {
        ...opened,
        plain: opened.store,
        clock,
        start,
        store,
        testUser,
        user,
        workspace,
        remove,
        sync,
        usedBytes: () => measureBytes(opened, user),
      };
    };

    test("of tasks refuse the one too many, and nothing of it is written", async () => {
      const { store, testUser, user } = enter({ tasks: 2 });
      await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      const refusal = await refusalOf(testUser.add({ title: "c", ...CREATED_AT }));
      expect([refusal.code, refusal.quota]).toEqual(["quota_exceeded", { name: "tasks", limit: 2, used: 2 }]);
      expect(await store.count(user, [])).toBe(2);
    });

    test("of tasks hold up no change of those that are there, and a deletion makes room for one", async () => {
      const { testUser, clock, remove } = enter({ tasks: 2 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      await testUser.edit(task, { title: "changed", completed_at: DELETED_AT });
      await remove(task.id);
      await testUser.add({ title: "c", ...CREATED_AT });
      clock.now += PAUSE_MS;
      expect((await refusalOf(testUser.edit(task, { deleted_at: null }))).code).toBe("quota_exceeded");
    });

    test("of tasks count what was there before the server started", async () => {
      const { testUser, start, user } = enter({ tasks: 2 });
      await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      const fields = { title: "c", ...CREATED_AT };
      const commit = { action: "add", now: 0, edits: [{ id: crypto.randomUUID(), fields }] } as const;
      expect((await refusalOf(start().store.commit(user, commit))).code).toBe("quota_exceeded");
    });

    test("of bytes end a task that is changed again and again, whose history grows", async () => {
      const { testUser, clock, usedBytes } = enter({ bytes: 100_000 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT });
      let changes = 0;
      const changeOften = async () => {
        for (; changes < 100; changes += 1) {
          await testUser.edit(task, { description: crypto.getRandomValues(new Uint8Array(1000)).toHex() });
          clock.now += PAUSE_MS;
        }
      };
      const refusal = await refusalOf(changeOften());
      expect(refusal.quota).toEqual({ name: "bytes", limit: 100_000, used: expect.any(Number) });
      expect(changes).toBeGreaterThan(10);
      expect(await usedBytes()).toBeLessThan(100_000);
      await testUser.edit(task, { deleted_at: DELETED_AT });
    });

    test("of bytes let a task be deleted on which somebody works", async () => {
      const { testUser, plain, start, user, workspace, remove } = enter({});
      const [task] = await testUser.add({ title: "a", ...CREATED_AT, started_at: STARTED_AT });
      const { store } = start({ limits: { tasks: 0, bytes: 1 } });
      const full = { ...workspace, store };
      const started = async () => [await findTask(full, task.id)];
      expect((await refusalOf(stopTasks(full, started))).code).toBe("quota_exceeded");
      await remove(task.id, full);
      const [deleted] = await plain.get(user, [task.id]);
      expect(deleted).toMatchObject({ startedAt: null, deletedAt: expect.any(String) });
    });

    test("of tasks name what a replica can't bring, and give it what it lacks", async () => {
      const { testUser, sync } = enter({ tasks: 2 });
      const [task] = await testUser.add({ title: "here", ...CREATED_AT });
      const [one, two] = [arriving({ title: "one", ...CREATED_AT }), arriving({ title: "two", ...CREATED_AT })];
      const answer = await sync([one, two]);
      expect(answer.accepted).toBe(1);
      expect(answer.rejected).toEqual([
        {
          id: two.id,
          code: "quota_exceeded",
          field: "",
          message: "you can have 2 tasks here and have 2: delete some first",
        },
      ]);
      expect(answer.changes.map(({ id }) => id)).toEqual([task.id]);
    });

    test("of tasks let a replica change and delete what is there, and take the deletions first", async () => {
      const { testUser, sync } = enter({ tasks: 2 });
      const [kept, gone] = await testUser.add({ title: "kept", ...CREATED_AT }, { title: "gone", ...CREATED_AT });
      const late = { later: 1_000_000 };
      const answer = await sync([
        arriving({ title: "new", ...CREATED_AT }),
        arriving({ title: "changed" }, { id: kept.id, ...late }),
        arriving({ deleted_at: DELETED_AT }, { id: gone.id, ...late }),
      ]);
      expect(answer.rejected).toEqual([]);
      expect((await testUser.get(kept.id)).title).toBe("changed");
      expect((await testUser.get(gone.id)).deletedAt).toBe(DELETED_AT);
    });

    test("of tasks hold up no occurrence that an earlier version completes, and count it", async () => {
      const { sync, usage, user } = enter({ tasks: 2 });
      const rule = { recurrence: "due 2026-11-23 FREQ=DAILY", occurrence: "2026-11-23", due_date: "2026-11-23" };
      const series = arriving({ title: "Water", ...CREATED_AT, ...rule });
      await sync([series]);
      for (const later of [1000, 2000]) {
        const { rejected } = await sync([arriving({ completed_at: DELETED_AT }, { id: series.id, later })]);
        expect(rejected).toEqual([]);
      }
      expect((await usage.measure(user)).tasks).toBe(3);
      const { rejected } = await sync([arriving({ title: "new", ...CREATED_AT })]);
      expect(rejected.map(({ code }) => code)).toEqual(["quota_exceeded"]);
    });

    test("of bytes let a replica delete what is there, and bring nothing else under that name", async () => {
      const { testUser, sync, start } = enter({ bytes: 10_000 });
      const [gone] = await testUser.add({ title: "gone", ...CREATED_AT });
      const { admit } = start();
      const filler = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`x${index}`, "y".repeat(2000)]));
      const late = { later: 1_000_000 };
      const { rejected } = await sync(
        [
          arriving({ deleted_at: DELETED_AT, ...filler }),
          arriving({ deleted_at: DELETED_AT, ...filler }, { id: gone.id, ...late }),
        ],
        admit,
      );
      expect(rejected.map(({ code }) => code)).toEqual(["quota_exceeded", "quota_exceeded"]);
      expect((await testUser.get(gone.id)).deletedAt).toBeNull();
      const { rejected: none } = await sync([arriving({ deleted_at: DELETED_AT }, { id: gone.id, ...late })], admit);
      expect(none).toEqual([]);
      expect((await testUser.get(gone.id)).deletedAt).toBe(DELETED_AT);
    });

    test("of bytes let no replica delete again and again what is deleted", async () => {
      const { testUser, sync, start } = enter({ bytes: 3000 });
      const [gone] = await testUser.add({ title: "gone", ...CREATED_AT });
      const { admit } = start();
      const codes: unknown[] = [];
      for (let later = 1_000_000; later < 1_000_003; later += 1) {
        const { rejected } = await sync([arriving({ deleted_at: DELETED_AT }, { id: gone.id, later })], admit);
        codes.push(rejected[0]?.code ?? "taken");
      }
      expect(codes.slice(1)).toEqual(["quota_exceeded", "quota_exceeded"]);
      expect(codes[0]).toBe("taken");
    });

    test("of bytes let no replica bring anything with a deletion that the task has outlived", async () => {
      const { testUser, sync, start } = enter({ bytes: 100_000 });
      const id = newId();
      await sync([arriving({ title: "kept", deleted_at: null, ...CREATED_AT }, { id, later: 2000 })]);
      const { admit } = start({ limits: { tasks: 0, bytes: 1 } });
      const { registers: old } = arriving({ deleted_at: DELETED_AT });
      const codes: unknown[] = [];
      for (let later = 3000; later < 3003; later += 1) {
        const { registers } = arriving({ title: `${later}` }, { later });
        const { rejected } = await sync([{ id, registers: { ...registers, ...old } }], admit);
        codes.push(rejected[0]?.code ?? "taken");
      }
      expect(codes).toEqual(["quota_exceeded", "quota_exceeded", "quota_exceeded"]);
      expect((await testUser.get(id)).title).toBe("kept");
    });

    test("of tasks get no room from a deletion that the task has outlived, nor from one that comes twice", async () => {
      const { sync, usage, user } = enter({ tasks: 3 });
      const [kept, gone] = [newId(), newId()];
      const tasks = { title: "a", deleted_at: null, ...CREATED_AT };
      await sync([kept, gone, newId()].map((id) => arriving(tasks, { id, later: 2000 })));
      const deletions = [
        ...[1000, 1001].map((later) => arriving({ deleted_at: DELETED_AT }, { id: kept, later })),
        ...[3000, 3001].map((later) => arriving({ deleted_at: DELETED_AT }, { id: gone, later })),
      ];
      const brought = Array.from({ length: 4 }, () => arriving({ title: "new", ...CREATED_AT }));
      const { accepted, rejected } = await sync([...deletions, ...brought]);
      expect([accepted, rejected.length]).toEqual([5, 3]);
      expect((await usage.measure(user)).tasks).toBe(3);
    });

    test("of tasks get room for one from a deletion that many requests bring at once", async () => {
      const { testUser, sync, usage, user, remove } = enter({ tasks: 2 });
      const [gone] = await testUser.add({ title: "gone", ...CREATED_AT }, { title: "kept", ...CREATED_AT });
      const exchanges = Array.from({ length: 5 }, (_, nth) =>
        sync([
          arriving({ deleted_at: DELETED_AT }, { id: gone.id, later: 1_000_000 + nth }),
          arriving({ title: "new", ...CREATED_AT }),
        ]),
      );
      await Promise.all([...exchanges, remove(gone.id).catch(() => undefined)]);
      await sync([arriving({ title: "new", ...CREATED_AT })]);
      expect((await usage.measure(user)).tasks).toBe(2);
    });

    test("of tasks get no room from a task that a replica restores while another deletes it", async () => {
      const { testUser, sync, usage, user } = enter({ tasks: 2 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      for (let later = 1_000_000; later < 1_000_006; later += 2) {
        await Promise.all([
          sync([
            arriving({ deleted_at: DELETED_AT }, { id: task.id, later }),
            arriving({ title: "new", ...CREATED_AT }),
          ]),
          sync([arriving({ deleted_at: null }, { id: task.id, later: later + 1 })]),
        ]);
      }
      expect((await usage.measure(user)).tasks).toBeLessThanOrEqual(2);
    });

    test("of tasks get room for one from a task that many requests delete at once, which the log has once", async () => {
      const { testUser, store, user, remove, usage } = enter({ tasks: 2 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      await Promise.all(Array.from({ length: 5 }, () => remove(task.id).catch(() => undefined)));
      expect((await store.history(user, { id: task.id })).map(({ action }) => action)).toEqual(["delete", "add"]);
      const more = Array.from({ length: 3 }, () =>
        testUser.add({ title: "new", ...CREATED_AT }).catch(() => undefined),
      );
      await Promise.all(more);
      expect((await usage.measure(user)).tasks).toBe(2);
    });

    test("of tasks get no room from a deletion that is not written", async () => {
      const { plain, testUser, start, workspace, remove } = enter({ tasks: 1 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT });
      const commit: Store["commit"] = (user, asked) =>
        asked.action === "delete"
          ? Promise.reject(new TodoError("unavailable", "the database is away"))
          : plain.commit(user, asked);
      const { store } = start({ store: { ...plain, commit } });
      const add = () => store.commit(workspace.user, { action: "add", now: 0, edits: [{ id: newId(), fields }] });
      const fields = { title: "b", ...CREATED_AT };
      expect((await refusalOf(add())).code).toBe("quota_exceeded");
      expect((await refusalOf(remove(task.id, { ...workspace, store }))).code).toBe("unavailable");
      expect((await refusalOf(add())).code).toBe("quota_exceeded");
    });

    test("of 0 are no limits", async () => {
      const { testUser, usage, user } = enter({});
      await testUser.add(...Array.from({ length: 20 }, () => ({ title: "a", ...CREATED_AT })));
      expect(at([await usage.measure(user)], 0).tasks).toBe(20);
    });
  });
}

async function measureBytes({ usage }: Pick<OpenedSync, "usage">, user: string): Promise<number> {
  const { taskBytes, historyBytes, headBytes } = await usage.measure(user);
  return taskBytes + historyBytes + headBytes;
}
