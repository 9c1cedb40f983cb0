import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { createRateLimit, perMinute } from "../../../src/server/limits/rate-limit.ts";
import type { OpenApi } from "../../support/server/api.ts";
import { newId } from "../../support/stores/test-user.ts";

export function describeChangeTasksInBulk(openApi: OpenApi): void {
  /** A user with three tasks to buy things, the first due first, and one other. */
  async function aShopper(more?: Parameters<OpenApi>[0]) {
    const api = openApi(more);
    const milk = await api.add({ title: "Milk", tags: ["shop"], due_date: "2026-11-21" });
    const bread = await api.add({ title: "Bread", tags: ["shop", "old"], due_date: "2026-11-22" });
    const salt = await api.add({ title: "Salt", tags: ["shop"], due_date: "2026-11-23" });
    const rent = await api.add({ title: "Rent" });
    const bulk = (json: unknown) => api.ask("POST", "/api/tasks/bulk", { json });
    const look = async ({ id }: WireTask): Promise<WireTask> => (await api.ask("GET", `/api/tasks/${id}`)).body;
    const all = async () => (await api.store.find("ann", { where: [] })).tasks;
    return { api, milk, bread, salt, rent, bulk, look, all, ids: [milk.id, bread.id, salt.id] };
  }

  describe("POST /api/tasks/bulk", () => {
    test("changes all tasks that a filter finds, in one change, and says which", async () => {
      const { api, bulk, look, ids, milk, bread, rent } = await aShopper();
      const changes = { priority: "high", due_date: "2026-12-01", add_tags: ["now"], remove_tags: ["old"] };
      expect(await bulk({ filter: "+shop", changes })).toMatchObject({
        status: 200,
        body: { matched: 3, changed: ids, unchanged: [], also_changed: [], dry_run: false },
      });
      expect(await look(bread)).toMatchObject({ priority: "high", due_date: "2026-12-01", tags: ["now", "shop"] });
      expect(await look(rent)).toEqual(rent);
      const [last, ...entries] = await api.store.history("ann", {});
      expect(entries.filter(({ clock }) => clock === last?.clock)).toHaveLength(2);
      await api.ask("PATCH", `/api/tasks/${milk.id}`, { json: { tags: ["shop"], due_date: null } });
      const again = await bulk({ filter: "+shop", changes: { tags: ["shop"], due_date: null } });
      expect(again.body).toMatchObject({ matched: 3, changed: [ids[1], ids[2]], unchanged: [milk.id] });
    });

    test("completes, reopens, cancels and deletes them, and says which needed nothing", async () => {
      const { bulk, look, ids, milk, all } = await aShopper();
      await bulk({ filter: "+shop", action: "complete" });
      expect(await look(milk)).toMatchObject({ completed: true });
      expect((await bulk({ filter: "+shop", action: "complete" })).body).toMatchObject({ matched: 0, changed: [] });
      const done = await bulk({ filter: "+shop status:completed", action: "complete" });
      expect(done.body).toMatchObject({ matched: 3, changed: [], unchanged: ids });
      expect((await bulk({ filter: "+shop", action: "reopen" })).body).toMatchObject({ matched: 3, changed: ids });
      expect(await look(milk)).toMatchObject({ completed: false });
      await bulk({ filter: "+shop", action: "cancel" });
      expect(await look(milk)).toMatchObject({ completed: true, cancelled: true });
      await bulk({ filter: "+shop", action: "reopen" });
      expect((await bulk({ filter: "+shop", action: "delete" })).body).toMatchObject({ matched: 3, changed: ids });
      expect((await all()).filter(({ deletedAt }) => deletedAt !== null)).toHaveLength(3);
      expect((await bulk({ filter: "status:all", action: "delete" })).body).toMatchObject({ matched: 1 });
    });

    test("passes over the occurrences of what repeats, and refuses it for what does not", async () => {
      const { api, bulk, look } = await aShopper();
      const recurrence = { every: "day" };
      const vitamin = await api.add({ title: "Vitamin", tags: ["daily"], recurrence, due_date: "2026-11-20" });
      expect((await bulk({ filter: "+daily", action: "skip" })).body).toMatchObject({ changed: [vitamin.id] });
      expect(await look(vitamin)).toMatchObject({ due_date: "2026-11-21", completed: false });
      expect((await bulk({ filter: "+daily", action: "complete" })).body).toMatchObject({ changed: [vitamin.id] });
      expect(await look(vitamin)).toMatchObject({ due_date: "2026-11-22", completed: false });
      expect(await bulk({ filter: "+shop", action: "skip" })).toMatchObject({ status: 400 });
    });

    test("keeps what is below them, or includes it and names it", async () => {
      const { api, bulk, look, milk } = await aShopper();
      const { id } = await api.add({ title: "Oats", parent: milk.id });
      const oats = await look({ ...milk, id });
      await bulk({ filter: "Milk", action: "complete" });
      expect(await look(oats)).toEqual(oats);
      await bulk({ filter: "Milk", action: "reopen" });
      for (const action of ["complete", "delete"]) {
        await bulk({ filter: "Milk", action: "reopen" });
        const { body } = await bulk({ filter: "Milk", action, subtasks: "include" });
        expect(body).toMatchObject({ matched: 1, changed: [milk.id], also_changed: [id] });
        await api.ask("PATCH", `/api/tasks/${id}/complete`, { json: { completed: false } });
      }
    });

    test("answers the same in a dry run, and changes nothing", async () => {
      const { bulk, all, ids } = await aShopper();
      const before = await all();
      for (const rest of [
        { changes: { title: "x" } },
        { action: "complete" },
        { action: "delete", subtasks: "include" },
      ]) {
        const { status, body } = await bulk({ filter: "+shop", ...rest, dry_run: true });
        expect([status, body]).toEqual([
          200,
          { matched: 3, changed: ids, unchanged: [], also_changed: [], dry_run: true },
        ]);
      }
      expect(await all()).toEqual(before);
    });

    test("changes nothing if the filter finds another number than expected, and says which", async () => {
      const { bulk, all } = await aShopper();
      const before = await all();
      for (const dry_run of [false, true]) {
        for (const expected of [0, 2, 4]) {
          const { status, body } = await bulk({ filter: "+shop", action: "delete", expect: expected, dry_run });
          expect([status, body.code, body.matched]).toEqual([409, "conflict", 3]);
        }
      }
      expect(await all()).toEqual(before);
      expect((await bulk({ filter: "+shop", action: "delete", expect: 3 })).status).toBe(200);
      expect((await bulk({ filter: "+shop", action: "delete", expect: 0 })).body).toMatchObject({ matched: 0 });
    });

    test("reads the filter in the zone of the user, in whose days it thinks", async () => {
      const { api, bulk } = await aShopper();
      // Saturday has begun in Auckland.
      api.clock.now = Date.UTC(2026, 10, 20, 12);
      expect((await bulk({ filter: "today", action: "complete", dry_run: true })).body.matched).toBe(0);
      const there = { filter: "today", action: "complete", tz: "Pacific/Auckland", dry_run: true };
      expect((await bulk(there)).body.matched).toBe(1);
    });

    test.each([
      ["a filter that is not understood", { filter: "due:fridy", action: "complete" }],
      ["a blank filter", { filter: " ", action: "complete" }],
      ["a filter that is too long", { filter: "x".repeat(4001), action: "complete" }],
      ["no filter", { action: "complete" }],
      ["neither changes nor an action", { filter: "+shop" }],
      ["changes and an action", { filter: "+shop", action: "complete", changes: { title: "x" } }],
      ["changes that are none", { filter: "+shop", changes: {} }],
      ["a change of what only the server sets", { filter: "+shop", changes: { completed_at: null } }],
      ["a value that is not allowed", { filter: "+shop", changes: { title: " " } }],
      ["an action that there is not", { filter: "+shop", action: "toggle" }],
      ["subtasks of an edit", { filter: "+shop", changes: { title: "x" }, subtasks: "include" }],
      ["a zone that there is not", { filter: "+shop", action: "complete", tz: "Nowhere/Bad" }],
      ["a number that is none", { filter: "+shop", action: "complete", expect: -1 }],
      ["a member that there is not", { filter: "+shop", action: "complete", yes: true }],
    ])("refuses %s, and changes nothing", async (_, json) => {
      const { bulk, all } = await aShopper();
      const before = await all();
      expect(await bulk(json)).toMatchObject({ status: 400, body: { code: "invalid_input" } });
      expect(await all()).toEqual(before);
    });

    test("leaves what was cancelled alone when it completes, unless the filter asks for that", async () => {
      const { bulk, look, milk, bread, salt } = await aShopper();
      await bulk({ filter: "Milk", action: "cancel" });
      await bulk({ filter: "Bread", action: "complete" });
      const { body } = await bulk({ filter: "+shop status:all", action: "complete" });
      expect(body).toMatchObject({ matched: 3, changed: [salt.id], unchanged: [milk.id, bread.id] });
      expect(await look(milk)).toMatchObject({ cancelled: true });
      const asked = await bulk({ filter: "+shop status:cancelled", action: "complete" });
      expect(asked.body).toMatchObject({ matched: 1, changed: [milk.id] });
      expect(await look(milk)).toMatchObject({ completed: true, cancelled: false });
    });

    test("says where in the filter it is wrong, and what may be meant", async () => {
      const { bulk } = await aShopper();
      const { body } = await bulk({ filter: "+shop due<fridy", action: "complete" });
      expect(body.errors).toEqual([
        {
          path: "filter",
          message: expect.stringContaining("fridy"),
          at: 10,
          length: 5,
          suggestion: "Did you mean friday?",
        },
      ]);
      const misspelt = await bulk({ filter: "projct:House", action: "complete" });
      expect(misspelt.body.errors).toMatchObject([{ path: "filter", suggestion: "Did you mean project:House?" }]);
    });

    test("refuses a filter that names no task, or several", async () => {
      const { bulk } = await aShopper();
      const { status, body } = await bulk({ filter: "parent:zzz", action: "complete" });
      expect([status, body.errors]).toEqual([400, [{ path: "filter", message: expect.any(String), at: 7, length: 3 }]]);
    });

    test("refuses more than a thousand tasks, and says how many there are", async () => {
      const { api, bulk, all } = await aShopper();
      const many = Array.from({ length: 1001 }, (_, at) => {
        const fields = { title: `Thing ${at}`, "tag:bulk": true, created_at: "2026-11-20T09:00:00.000Z" };
        return { id: newId(), fields };
      });
      await api.store.commit("ann", { action: "add", now: api.clock.now, edits: many });
      const { status, body } = await bulk({ filter: "+bulk", action: "complete" });
      expect([status, body.matched, body.errors]).toEqual([
        400,
        1001,
        [{ path: "filter", message: "it finds 1001 tasks, and 1000 can be changed at once" }],
      ]);
      expect((await all()).filter(({ completedAt }) => completedAt !== null)).toEqual([]);
      await api.ask("DELETE", `/api/tasks/${many[0]?.id}`);
      const { body: done } = await bulk({ filter: "+bulk", action: "complete" });
      expect([done.matched, done.changed.length]).toEqual([1000, 1000]);
    });

    test("finds tasks of the user alone", async () => {
      const { api, bulk, all } = await aShopper();
      const before = await all();
      const asked = { json: { filter: "status:all", action: "delete" }, as: "ben" };
      expect((await api.ask("POST", "/api/tasks/bulk", asked)).body).toMatchObject({ matched: 0 });
      expect(await all()).toEqual(before);
      const { status } = await api.ask("POST", "/api/tasks/bulk", {
        json: { filter: "+shop", action: "delete" },
        claims: { scope: "tasks:read" },
      });
      expect(status).toBe(403);
      expect((await bulk({ filter: "+shop", action: "delete" })).status).toBe(200);
    });

    test("counts against the limit of requests by how much it does", async () => {
      const limitUser = createRateLimit(perMinute(12), () => 0);
      const { api, bulk, all } = await aShopper({ limitUser });
      const edits = Array.from({ length: 20 }, () => ({ id: newId(), fields: { title: "x", "tag:bulk": true } }));
      await api.store.commit("ann", { action: "add", now: api.clock.now, edits });
      // Four requests are spent. Each of these takes one and two more, one for ten tasks.
      expect((await bulk({ filter: "+bulk", changes: { title: "a" } })).status).toBe(200);
      expect((await bulk({ filter: "+bulk", changes: { title: "b" } })).status).toBe(200);
      const { status, body } = await bulk({ filter: "+bulk", changes: { title: "c" } });
      expect([status, body.code]).toEqual([429, "rate_limited"]);
      expect((await all()).map(({ title }) => title)).not.toContain("c");
    });
  });
}
