import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";

const DAY_MS = 86_400_000;

export function describeStats(openApi: OpenApi): void {
  /** It is Friday, 20 November 2026, 9:00 in UTC. */
  function setUp() {
    const api = openApi();
    const read = (query: Readonly<Record<string, string>> = {}, as = "ann") =>
      api.ask("GET", `/api/stats?${new URLSearchParams(query).toString()}`, { as });
    return { api, read };
  }

  describe("GET /api/stats", () => {
    test("counts nothing for who has no tasks, in the weeks of this month", async () => {
      const { read } = setUp();
      const { status, body } = await read();
      expect(status).toBe(200);
      expect(body).toMatchObject({
        from: "2026-11-01",
        to: "2026-11-20",
        projects: [],
        open: 0,
        blocked: 0,
        on_time: 0,
      });
      expect(body.rows).toHaveLength(4);
    });

    test("counts what was done and added in a period, by day and by project", async () => {
      const { api, read } = setUp();
      const done = await api.add({ title: "a", project: "Work", due_date: "2026-11-20" });
      await api.add({ title: "b", project: "Work", due_date: "2026-11-19", depends_on: [done.id] });
      await api.add({ title: "c", wait_until: "2026-12-01" });
      api.clock.now += DAY_MS;
      await api.ask("PATCH", `/api/tasks/${done.id}/complete`, { json: { completed: true } });
      expect((await read({ period: "this week" })).body).toEqual({
        from: "2026-11-16",
        to: "2026-11-21",
        rows: expect.arrayContaining([
          { from: "2026-11-20", to: "2026-11-20", done: 0, added: 3, skipped: 0, cancelled: 0 },
          { from: "2026-11-21", to: "2026-11-21", done: 1, added: 0, skipped: 0, cancelled: 0 },
        ]),
        projects: [
          { project: "Work", done: 1, open: 1, tracked_minutes: null },
          { project: null, done: 0, open: 1, tracked_minutes: null },
        ],
        open: 2,
        overdue: 1,
        waiting: 1,
        blocked: 0,
        with_due_date: 1,
        on_time: 0,
      });
    });

    test("begins days where the zone says", async () => {
      const { api, read } = setUp();
      api.clock.now = Date.parse("2026-11-20T20:00:00Z");
      await api.add({ title: "a" });
      const rows = async (tz: string) => (await read({ period: "today", tz })).body.rows;
      expect(await rows("UTC")).toMatchObject([{ from: "2026-11-20", added: 1 }]);
      expect(await rows("asia/tokyo")).toMatchObject([{ from: "2026-11-21", added: 1 }]);
      expect((await read({ period: "2026-11-20", tz: "Asia/Tokyo" })).body.rows).toMatchObject([{ added: 0 }]);
    });

    test("is narrowed by a filter, whatever the state of the tasks", async () => {
      const { api, read } = setUp();
      const { id } = await api.add({ title: "a", tags: ["home"] });
      await api.add({ title: "b", tags: ["home"] });
      await api.add({ title: "c" });
      await api.ask("PATCH", `/api/tasks/${id}/complete`, { json: { completed: true } });
      const { body } = await read({ period: "today", filter: "+home" });
      expect([body.open, body.rows[0].done, body.rows[0].added]).toEqual([1, 1, 2]);
      expect((await read({ filter: "+home or c" })).body.open).toBe(2);
    });

    test("counts more tasks than a page has, each once", async () => {
      const { api, read } = setUp();
      const edits = Array.from({ length: 2100 }, () => ({
        id: Bun.randomUUIDv7(),
        fields: { title: "x", created_at: "2026-11-20T08:00:00.000Z" },
      }));
      for (let at = 0; at < edits.length; at += 700) {
        const some = edits.slice(at, at + 700);
        await api.store.commit("ann", { action: "add", now: api.clock.now, edits: some, returning: false });
      }
      expect((await read({ period: "today" })).body).toMatchObject({ open: 2100, rows: [{ added: 2100 }] });
    });

    test("is of one user", async () => {
      const { api, read } = setUp();
      await api.add({ title: "a", project: "Secret" });
      expect((await read({}, "bob")).body).toMatchObject({ open: 0, projects: [] });
    });

    test.each([
      ["a period that is none", { period: "fortnight" }, "period"],
      ["a period that the calendar does not have", { period: "2026-11-31" }, "period"],
      ["a period that is to come", { period: "2027" }, "period"],
      ["a period that is too long", { period: "1970..2026" }, "period"],
      ["a zone that is none", { tz: "Mars/Base" }, "tz"],
      ["a filter that is not understood", { filter: "due:fridy" }, "filter"],
      ["a task that is not there", { filter: "parent:bbbbbbbbbbbb" }, "filter"],
    ])("refuses %s, and says where it is wrong", async (_, query, path) => {
      const { status, body } = await setUp().read(query);
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors.map((issue: { path: string }) => issue.path)).toEqual([path]);
    });
  });
}
