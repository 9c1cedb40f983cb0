import { describe, expect, test } from "bun:test";
import type { Quotas } from "../../../src/domain/quotas.ts";
import { createAdmission, limitCommits } from "../../../src/services/quotas/limit-writes.ts";
import { createUsageMeter } from "../../../src/services/quotas/usage-meter.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { useOpened } from "../../support/opened.ts";
import { refusalOf } from "../../support/errors.ts";
import { at, createTestUser } from "../../support/stores/test-user.ts";
import { arriving, type ConcurrentSyncStores, type OpenedSync } from "../../support/sync/following.ts";

const DELETED_AT = "2026-11-20T09:00:00.000Z";
const CREATED_AT = { created_at: DELETED_AT };
/** Longer than a measurement of the little that is here is trusted at a limit. */
const PAUSE_MS = 1000;

/** What quotas of tasks and bytes do, whatever the database. */
export function describeLimitedWrites(name: string, open: () => Promise<OpenedSync>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentSyncStores = useOpened(open);

    /** A server with these quotas, and a user of it. `restart` forgets what the server has measured. */
    const enter = (quotas: Partial<Quotas>) => {
      const opened = concurrentStores();
      const clock = { now: 0 };
      const start = () => {
        const meter = createUsageMeter(opened.usage, { tasks: 0, bytes: 0, ...quotas }, () => clock.now);
        return { store: limitCommits(opened.store, meter), admit: createAdmission(opened.usage, meter) };
      };
      const { store, admit } = start();
      const testUser = createTestUser(store);
      const { user } = testUser;
      const sync = (changes: Parameters<typeof exchange>[1]["changes"], by = admit) =>
        exchange({ sync: opened.sync, user, admit: by }, { cursor: null, changes });
      return { ...opened, clock, start, store, testUser, user, sync, usedBytes: () => measureBytes(opened, user) };
    };

    test("of tasks refuse the one too many, and nothing of it is written", async () => {
      const { store, testUser, user } = enter({ tasks: 2 });
      await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      const refusal = await refusalOf(testUser.add({ title: "c", ...CREATED_AT }));
      expect([refusal.code, refusal.quota]).toEqual(["quota_exceeded", { name: "tasks", limit: 2, used: 2 }]);
      expect(await store.count(user, [])).toBe(2);
    });

    test("of tasks hold up no change of those that are there, and a deletion makes room for one", async () => {
      const { testUser, clock } = enter({ tasks: 2 });
      const [task] = await testUser.add({ title: "a", ...CREATED_AT }, { title: "b", ...CREATED_AT });
      await testUser.edit(task, { title: "changed", completed_at: DELETED_AT });
      await testUser.edit(task, { deleted_at: DELETED_AT });
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
