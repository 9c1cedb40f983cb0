import { describe, expect, test } from "bun:test";
import { idOf, type OpenApi } from "../../support/server/api.ts";

export function describeRestoreTask(openApi: OpenApi): void {
  describe("POST /api/tasks/{id}/restore", () => {
    test("takes a deletion back, with every field and where it was in the list", async () => {
      const api = openApi();
      const task = await api.add({
        description: "x",
        due_date: "2026-12-01",
        priority: "low",
        project: "P",
        tags: ["a"],
      });
      await api.ask("PATCH", `/api/tasks/${task.id}/complete`);
      const before = (await api.ask("GET", `/api/tasks/${task.id}`)).body;
      const other = await api.add({ title: "Other" });
      await api.ask("DELETE", `/api/tasks/${task.id}`);
      api.clock.now += 1000;
      const { status, headers, body } = await api.ask("POST", `/api/tasks/${task.id}/restore`);
      expect([status, body]).toEqual([200, { ...before, updated_at: "2026-11-20T09:00:01.000Z" }]);
      const read = await api.ask("GET", `/api/tasks/${task.id}`);
      expect([read.body, read.headers.get("etag")]).toEqual([body, headers.get("etag")]);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([body, other]);
    });

    test("can be repeated, and leaves a task that is not deleted as it is", async () => {
      const api = openApi();
      const task = await api.add();
      api.clock.now += 1000;
      for (let time = 0; time < 2; time += 1) {
        const { status, body } = await api.ask("POST", `/api/tasks/${task.id}/restore`);
        expect([status, body]).toEqual([200, task]);
      }
    });

    test("lets the task be deleted and brought back again and again", async () => {
      const api = openApi();
      const { id } = await api.add();
      for (let time = 0; time < 3; time += 1) {
        expect((await api.ask("DELETE", `/api/tasks/${id}`)).status).toBe(204);
        expect((await api.ask("POST", `/api/tasks/${id}/restore`)).status).toBe(200);
      }
      expect((await api.ask("GET", `/api/tasks/${id}`)).status).toBe(200);
    });

    test("takes the handle of a deleted task", async () => {
      const api = openApi();
      const task = await api.add({ id: idOf("kqvzbdfghjkl") });
      await api.ask("DELETE", `/api/tasks/${task.id}`);
      expect((await api.ask("POST", "/api/tasks/kqv/restore")).body).toMatchObject({ id: task.id });
    });

    test("answers 404 for a task that never was, and makes none", async () => {
      const api = openApi();
      expect((await api.ask("POST", `/api/tasks/${crypto.randomUUID()}/restore`)).status).toBe(404);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
    });

    test("heeds If-Match", async () => {
      const api = openApi();
      const { id } = await api.add();
      await api.ask("DELETE", `/api/tasks/${id}`);
      const restore = (asked: string) =>
        api.ask("POST", `/api/tasks/${id}/restore`, { headers: { "if-match": asked } });
      expect((await restore('"other"')).status).toBe(412);
      expect((await restore("other")).status).toBe(400);
      expect((await api.ask("GET", `/api/tasks/${id}`)).status).toBe(404);
      const { status, headers } = await restore("*");
      expect(status).toBe(200);
      expect((await restore(headers.get("etag") ?? "")).status).toBe(200);
    });

    test("refuses any parameter", async () => {
      const api = openApi();
      const { id } = await api.add();
      expect((await api.ask("POST", `/api/tasks/${id}/restore?x=1`)).status).toBe(400);
    });
  });
}
