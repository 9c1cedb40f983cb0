import { describe, expect, test } from "bun:test";
import type { Position } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { ActivityQuery, TaskActivity } from "../../../src/ports/store.ts";
import { CLOSED_ACTIVITY, MONTHS, OPEN_ACTIVITY } from "../../support/stores/activity.ts";
import type { NewUser } from "../store-contract.ts";

const GONE = { deleted_at: "2026-10-25T08:30:00.000Z" };
const DONE = { completed_at: "2026-10-24T08:00:00.000Z" };
const SERIES = { recurrence: "due 2026-10-22 FREQ=DAILY", occurrence: "2026-10-22" };
const RECORD = { series: "019a9f3c-51c8-7000-8000-000000000000", occurrence: "2026-10-22" };

export function describeActivity(newUser: NewUser): void {
  async function read(query: ActivityQuery, tasks: readonly Fields[]): Promise<readonly TaskActivity[]> {
    const testUser = newUser();
    await testUser.add(...tasks.map((fields, at) => ({ title: `${at}`, ...fields })));
    return (await testUser.store.findActivity(testUser.user, query)).tasks;
  }

  describe("activity", () => {
    test("is what statistics need of a task that is open", async () => {
      const project = 'Work "a\\b" é';
      const created_at = "2026-10-23T08:00:00.000Z";
      expect(
        await read(OPEN_ACTIVITY, [
          { project, created_at, due_date: "2026-10-25", wait_until: "2026-10-24T09:00:00Z", ...RECORD },
          { project: null, due_date: null, wait_until: null, completed_at: null, series: null },
        ]),
      ).toEqual([
        {
          kind: "open",
          id: expect.any(String),
          project,
          createdAt: created_at,
          dueDate: "2026-10-25",
          waitUntil: "2026-10-24T09:00:00Z",
          isRecord: true,
        },
        {
          kind: "open",
          id: expect.any(String),
          project: null,
          createdAt: "",
          dueDate: null,
          waitUntil: null,
          isRecord: false,
        },
      ]);
    });

    test("says of what is closed when it was and how, and of a series that it has ended", async () => {
      const closed = await read(CLOSED_ACTIVITY, [
        { project: "done", ...DONE, cancelled: false, skipped: false, created_at: "2026-10-23T08:00:00.000Z" },
        { project: "cancelled", ...DONE, cancelled: true, due_date: "2026-10-25" },
        { project: "skipped", ...DONE, skipped: true, ...RECORD },
        { project: "ended", ...DONE, cancelled: true, ...SERIES },
        { project: "repeats no more", ...DONE, ...SERIES, recurrence: null },
      ]);
      expect(new Set(closed.map((each) => each.kind === "closed" && `${each.project}: ${each.outcome}`))).toEqual(
        new Set(["done: done", "cancelled: cancelled", "skipped: skipped", "ended: ended", "repeats no more: done"]),
      );
      expect(closed).toContainEqual({
        kind: "closed",
        id: expect.any(String),
        project: "done",
        createdAt: "2026-10-23T08:00:00.000Z",
        completedAt: DONE.completed_at,
        dueDate: null,
        isRecord: false,
        outcome: "done",
      });
      expect(closed.filter(({ isRecord }) => isRecord).map(({ project }) => project)).toEqual(["skipped"]);
    });

    test("is of what is open or of what was closed since a moment, and not of what is deleted", async () => {
      const tasks = [
        { project: "open" },
        { project: "opened again", completed_at: null },
        { project: "early", completed_at: "2026-09-30T23:59:59.999Z" },
        { project: "just", completed_at: "2026-10-01T00:00:00.000Z" },
        { project: "late", completed_at: "2030-10-01T00:00:00.000Z" },
        { project: "open and gone", ...GONE },
        { project: "done and gone", ...DONE, ...GONE },
      ];
      const names = async (query: ActivityQuery) => (await read(query, tasks)).map(({ project }) => project);
      expect(new Set(await names(OPEN_ACTIVITY))).toEqual(new Set(["open", "opened again"]));
      expect(await names({ ...CLOSED_ACTIVITY, since: "2026-10-01T00:00:00.000Z" })).toEqual(["just", "late"]);
    });

    test("is that of the tasks that meet the conditions", async () => {
      const where = [{ kind: "tag", tag: "home" } as const];
      const tasks = [
        { "tag:home": true, project: "a" },
        { "tag:home": false, project: "b" },
      ];
      expect(await read({ ...OPEN_ACTIVITY, where }, tasks)).toMatchObject([{ project: "a" }]);
      const closed = tasks.map((fields) => ({ ...fields, ...DONE }));
      expect(await read({ ...CLOSED_ACTIVITY, where }, closed)).toMatchObject([{ project: "a" }]);
    });

    test.each(["open", "closed"] as const)("of what is %s is read in pages, each task once", async (kind) => {
      const testUser = newUser();
      const tasks = ["2026-10-25", "2026-10-24", "2026-10-24", "2026-10-24", null].map((due_date, at) => ({
        title: `${at}`,
        due_date,
        ...(kind === "closed" && { completed_at: `${due_date ?? "2026-10-26"}T08:00:00.000Z` }),
      }));
      const made = await testUser.add(...tasks);
      const found: string[] = [];
      let after: Position | undefined;
      for (let pages = 0; pages < 4; pages += 1) {
        const query = { ...OPEN_ACTIVITY, kind, limit: 2, ...(after && { after }) };
        const page = await testUser.store.findActivity(testUser.user, query);
        found.push(...page.tasks.map(({ id }) => id));
        after = page.next;
        if (!after) break;
      }
      expect(after).toBeUndefined();
      expect(found.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    });

    test("is none for a new user", async () => {
      const { store, user } = newUser();
      expect(await store.findActivity(user, OPEN_ACTIVITY)).toEqual({ tasks: [] });
      expect(await store.findActivity(user, CLOSED_ACTIVITY)).toEqual({ tasks: [] });
      expect(await store.sumTrackedTime(user, [], MONTHS)).toEqual([]);
    });
  });

  describe("tracked time", () => {
    const TRACKED = {
      "time:2026-09:a1b2c3d4": 1,
      "time:2026-10:a1b2c3d4": 20,
      "time:2026-10:00000000": 300,
      "time:2026-11:ffffffff": 4000,
      "time:2026-11:a1b2c3d4": null,
      "time:2026-12:a1b2c3d4": 50_000,
    };

    async function sum(tasks: readonly Fields[], where: ActivityQuery["where"] = []): Promise<unknown> {
      const testUser = newUser();
      await testUser.add(...tasks.map((fields) => ({ title: "a", ...fields })));
      const months = { first: "2026-10", last: "2026-11" };
      const times = await testUser.store.sumTrackedTime(testUser.user, where, months);
      return Object.fromEntries(times.map(({ project, seconds }) => [project, seconds]));
    }

    test("is that of all devices in the months that are asked for, by project", async () => {
      const tasks = [
        { ...TRACKED, project: "Work" },
        { ...TRACKED, project: "Work", ...DONE },
        { ...TRACKED },
        { ...TRACKED, ...GONE, project: "Gone" },
        { project: "Other", description: 'a "time:2026-10:a1b2c3d4" of text', "time:2026-09:a1b2c3d4": 5 },
      ];
      expect(await sum(tasks)).toEqual({ Work: 8640, null: 4320 });
    });

    test("is that of the tasks that meet the conditions", async () => {
      const tasks = [
        { ...TRACKED, "tag:home": true, project: "a" },
        { ...TRACKED, project: "b" },
      ];
      expect(await sum(tasks, [{ kind: "tag", tag: "home" }])).toEqual({ a: 4320 });
    });
  });
}
