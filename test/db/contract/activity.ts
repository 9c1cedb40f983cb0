import { describe, expect, test } from "bun:test";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { ActivityQuery, TaskActivity } from "../../../src/ports/store.ts";
import { ALL_ACTIVITY } from "../../support/stores/activity.ts";
import { only } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const GONE = { deleted_at: "2026-10-25T08:30:00.000Z" };
const SINCE = "2026-10-01T00:00:00.000Z";

export function describeActivity(newUser: NewUser): void {
  async function read(tasks: readonly Fields[], query: Partial<ActivityQuery> = {}): Promise<TaskActivity[]> {
    const testUser = newUser();
    await testUser.add(...tasks.map((fields, at) => ({ title: `${at}`, ...fields })));
    return testUser.store.findActivity(testUser.user, { ...ALL_ACTIVITY, ...query });
  }

  describe("activity", () => {
    test("is what statistics need of a task", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({
        title: "a",
        project: 'Work "a\\b" é',
        created_at: "2026-10-23T08:00:00.000Z",
        completed_at: "2026-10-24T08:00:00.000Z",
        due_date: "2026-10-25",
        wait_until: "2026-10-24T09:00:00Z",
        cancelled: true,
        skipped: true,
        recurrence: "due 2026-10-22 FREQ=DAILY",
        series: "019a9f3c-51c8-7000-8000-000000000000",
      });
      expect(await testUser.store.findActivity(testUser.user, ALL_ACTIVITY)).toEqual([
        {
          id: task.id,
          project: 'Work "a\\b" é',
          createdAt: "2026-10-23T08:00:00.000Z",
          completedAt: "2026-10-24T08:00:00.000Z",
          dueDate: "2026-10-25",
          waitUntil: "2026-10-24T09:00:00Z",
          cancelled: true,
          skipped: true,
          isSeries: true,
          isRecord: true,
          seconds: 0,
        },
      ]);
    });

    test("has nothing where a task has nothing, or no longer", async () => {
      const none = { completed_at: null, due_date: null, project: null, recurrence: null, series: null };
      const nothing = {
        id: expect.any(String),
        project: null,
        createdAt: null,
        completedAt: null,
        dueDate: null,
        waitUntil: null,
        cancelled: false,
        skipped: false,
        isSeries: false,
        isRecord: false,
        seconds: 0,
      };
      const found = await read([{}, { ...none, wait_until: null, cancelled: false, skipped: false }]);
      expect(found).toEqual([nothing, nothing]);
    });

    test("is of what is open and of what was closed since a moment, and not of what is deleted", async () => {
      const found = await read(
        [
          { project: "open" },
          { project: "opened again", completed_at: null },
          { project: "early", completed_at: "2026-09-30T23:59:59.999Z" },
          { project: "just", completed_at: SINCE },
          { project: "late", completed_at: "2030-10-01T00:00:00.000Z", cancelled: true },
          { project: "open and gone", ...GONE },
          { project: "done and gone", completed_at: SINCE, ...GONE },
        ],
        { since: SINCE },
      );
      expect(found.map(({ project }) => project)).toEqual(["open", "opened again", "just", "late"]);
    });

    test("adds up the time of all devices in the months that are asked for", async () => {
      const tracked = {
        started_at: null,
        "time:2026-09:a1b2c3d4": 1,
        "time:2026-10:a1b2c3d4": 20,
        "time:2026-10:00000000": 300,
        "time:2026-11:ffffffff": 4000,
        "time:2026-11:a1b2c3d4": null,
        "time:2026-12:a1b2c3d4": 50_000,
      };
      const months = { first: "2026-10", last: "2026-11" };
      expect(only(await read([tracked], { months })).seconds).toBe(4320);
      expect(only(await read([{ ...tracked, started_at: "2026-11-20T09:00:00.000Z" }], { months })).seconds).toBe(4320);
      expect(only(await read([tracked])).seconds).toBe(0);
      expect(only(await read([{ started_at: null }], { months })).seconds).toBe(0);
    });

    test("is that of the tasks that meet the conditions", async () => {
      const tasks = [
        { "tag:home": true, project: "a" },
        { "tag:home": false, project: "b" },
      ];
      const found = await read(tasks, { where: [{ kind: "tag", tag: "home" }] });
      expect(found.map(({ project }) => project)).toEqual(["a"]);
    });

    test("is read in pages, each behind the last task of the one before", async () => {
      const testUser = newUser();
      const made = await testUser.add({ title: "1" }, { title: "2" }, { title: "3" });
      const found: string[] = [];
      for (let after: string | undefined; found.length < 3; after = found.at(-1)) {
        const query = { ...ALL_ACTIVITY, limit: 2, ...(after !== undefined && { after }) };
        const page = await testUser.store.findActivity(testUser.user, query);
        expect(page.length).toBe(found.length === 0 ? 2 : 1);
        found.push(...page.map(({ id }) => id));
      }
      expect(found).toEqual(made.map(({ id }) => id).toSorted());
    });

    test("is none for a new user", async () => {
      const { store, user } = newUser();
      expect(await store.findActivity(user, ALL_ACTIVITY)).toEqual([]);
    });
  });
}
