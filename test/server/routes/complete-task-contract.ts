import { describe, expect, test } from "bun:test";
import { idOf, type OpenApi } from "../../support/server/api.ts";

export function describeCompleteTask(openApi: OpenApi): void {
  async function setUp(fields: Readonly<Record<string, unknown>> = {}) {
    const api = openApi();
    const task = await api.add(fields);
    const path = `/api/tasks/${task.id}`;
    const complete = (json?: unknown, headers: Readonly<Record<string, string>> = {}) =>
      api.ask("PATCH", `${path}/complete`, { json, headers });
    const read = () => api.ask("GET", path);
    return { api, task, path, complete, read };
  }

  describe("PATCH /api/tasks/{id}/complete", () => {
    test.each([
      ["without a body", undefined],
      ["with an empty object", {}],
    ])("completes an open task %s, and opens it again the next time", async (_, json) => {
      const { api, task, complete, read } = await setUp({ project: "House", tags: ["a"] });
      api.clock.now += 1000;
      const done = await complete(json);
      expect(done.status).toBe(200);
      expect(done.body).toEqual({
        ...task,
        completed: true,
        completed_at: "2026-11-20T09:00:01.000Z",
        updated_at: "2026-11-20T09:00:01.000Z",
      });
      expect((await read()).body).toEqual(done.body);
      expect((await read()).headers.get("etag")).toBe(done.headers.get("etag"));
      api.clock.now += 1000;
      const open = await complete(json);
      expect(open.body).toEqual({ ...task, updated_at: "2026-11-20T09:00:02.000Z" });
      expect((await read()).body).toEqual(open.body);
    });

    test("sets the state with completed, and can be repeated", async () => {
      const { api, complete, read } = await setUp();
      const done = await complete({ completed: true });
      api.clock.now += 60_000;
      const again = await complete({ completed: true });
      expect([done.body.completed, again.status, again.body]).toEqual([true, 200, done.body]);
      const open = await complete({ completed: false });
      expect(open.body).toMatchObject({ completed: false, completed_at: null });
      expect((await complete({ completed: false })).body).toEqual(open.body);
      expect((await read()).body).toEqual(open.body);
    });

    test("cancels a task with cancelled, which can be repeated, and completes it after all", async () => {
      const { task, complete, read } = await setUp();
      const cancelled = await complete({ cancelled: true });
      expect(cancelled.body).toEqual({ ...task, completed: true, cancelled: true, completed_at: task.created_at });
      expect((await complete({ completed: true, cancelled: true })).body).toEqual(cancelled.body);
      expect((await complete({ completed: true })).body).toMatchObject({ completed: true, cancelled: false });
      await complete({ cancelled: true });
      expect((await complete({ completed: false })).body).toMatchObject({ completed: false, cancelled: false });
      expect((await read()).body).toMatchObject({ completed: false, cancelled: false });
    });

    test.each([
      ["what is cancelled and open", { completed: false, cancelled: true }, "cancelled"],
      ["a cancellation that is none", { cancelled: false }, "cancelled"],
      ["completed of null", { completed: null }, "completed"],
      ["completed as a text", { completed: "true" }, "completed"],
      ["completed as a number", { completed: 1 }, "completed"],
      ["another field", { completed: true, title: "x" }, "title"],
      ["a member that there is not", { done: true }, "done"],
    ])("refuses %s and changes nothing", async (_, json, path) => {
      const { task, complete, read } = await setUp();
      const { status, body } = await complete(json);
      expect([status, body.errors[0].path]).toEqual([400, path]);
      expect((await read()).body).toEqual(task);
    });

    test.each(["null", "true", "[]", '{"__proto__":{"completed":true}}', '{"constructor":1}'])(
      "refuses %s for a body",
      async (text) => {
        const { api, task, path, read } = await setUp();
        expect((await api.ask("PATCH", `${path}/complete`, { text })).status).toBe(400);
        expect((await read()).body).toEqual(task);
      },
    );

    test("ends where it began after ten requests at once that turn the state round", async () => {
      const { complete, read } = await setUp();
      const replies = await Promise.all(Array.from({ length: 10 }, () => complete()));
      expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(replies.filter(({ body }) => body.completed)).toHaveLength(5);
      expect((await read()).body.completed).toBe(false);
    });

    test("ends as it is told after many requests at once that all say the same", async () => {
      const { complete, read } = await setUp();
      const replies = await Promise.all(Array.from({ length: 10 }, () => complete({ completed: true })));
      for (const { status, body } of replies) expect([status, body.completed]).toEqual([200, true]);
      expect((await read()).body.completed).toBe(true);
    });

    test("keeps what is edited at the same time", async () => {
      const { api, path, complete, read } = await setUp();
      await Promise.all([complete(), api.ask("PATCH", path, { json: { title: "Other" } }), complete()]);
      expect((await read()).body).toMatchObject({ title: "Other", completed: false });
    });

    test("takes a handle", async () => {
      const { api, task } = await setUp({ id: idOf("kqvzbdfghjkl") });
      expect((await api.ask("PATCH", "/api/tasks/kqv/complete")).body).toMatchObject({ id: task.id, completed: true });
    });

    test("answers 404 for a deleted task, which comes back as it was", async () => {
      const { api, path, complete } = await setUp();
      await api.ask("DELETE", path);
      expect((await complete()).status).toBe(404);
      expect((await complete({ completed: true })).status).toBe(404);
      expect((await api.ask("POST", `${path}/restore`)).body.completed).toBe(false);
    });

    test("heeds If-Match", async () => {
      const { complete, read } = await setUp();
      const etag = (await read()).headers.get("etag") ?? "";
      expect((await complete(undefined, { "if-match": '"other"' })).status).toBe(412);
      expect((await complete(undefined, { "if-match": etag })).body.completed).toBe(true);
      expect((await complete(undefined, { "if-match": etag })).status).toBe(412);
      expect((await complete({ completed: true }, { "if-match": etag })).status).toBe(412);
      expect((await complete({ completed: true }, { "if-match": "*" })).status).toBe(200);
      expect((await complete(undefined, { "if-match": "etag" })).status).toBe(400);
      expect((await read()).body.completed).toBe(true);
    });

    test("refuses any parameter and changes nothing", async () => {
      const { api, path, read } = await setUp();
      expect((await api.ask("PATCH", `${path}/complete?completed=true`)).status).toBe(400);
      expect((await read()).body.completed).toBe(false);
    });
  });
}
