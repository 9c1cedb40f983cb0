import { describe, expect, test } from "bun:test";
import { idOf, type OpenApi } from "../../support/server/api.ts";

export function describeDeleteTask(openApi: OpenApi): void {
  describe("DELETE /api/tasks/{id}", () => {
    test("answers 204 without a body, and the task is 404 for every request afterwards", async () => {
      const api = openApi();
      const { id } = await api.add();
      const path = `/api/tasks/${id}`;
      const { status, headers, body } = await api.ask("DELETE", path);
      expect([status, body, headers.get("content-type")]).toEqual([204, undefined, null]);
      const after = [
        await api.ask("GET", path),
        await api.ask("HEAD", path),
        await api.ask("PUT", path, { json: { title: "x" } }),
        await api.ask("PATCH", path, { json: { title: "x" } }),
        await api.ask("PATCH", `${path}/complete`),
        await api.ask("DELETE", path),
      ];
      expect(after.map((reply) => reply.status)).toEqual(Array(6).fill(404));
    });

    test("takes the task out of every list and leaves the others", async () => {
      const api = openApi();
      const [one, other] = [await api.add({ title: "One" }), await api.add({ title: "Other" })];
      await api.ask("PATCH", `/api/tasks/${one.id}/complete`);
      await api.ask("DELETE", `/api/tasks/${one.id}`);
      for (const status of ["all", "pending"]) {
        expect((await api.ask("GET", `/api/tasks?status=${status}`)).body).toEqual([other]);
      }
      expect((await api.ask("GET", "/api/tasks?status=completed")).body).toEqual([]);
      expect((await api.ask("GET", "/api/tasks?q=one")).body).toEqual([]);
    });

    test("takes a handle", async () => {
      const api = openApi();
      const task = await api.add({ id: idOf("kqvzbdfghjkl") });
      expect((await api.ask("DELETE", "/api/tasks/kqvzbdfghjkl")).status).toBe(204);
      expect((await api.ask("GET", `/api/tasks/${task.id}`)).status).toBe(404);
    });

    test("refuses a beginning that fits two handles, also when one of both is deleted", async () => {
      const api = openApi();
      const one = await api.add({ id: idOf("kqvzbdfghjkl") });
      const other = await api.add({ id: idOf("kqvxbdfghjkl") });
      expect((await api.ask("DELETE", "/api/tasks/kqv")).status).toBe(409);
      await api.ask("DELETE", `/api/tasks/${one.id}`);
      expect((await api.ask("DELETE", "/api/tasks/kqv")).status).toBe(409);
      expect((await api.ask("GET", `/api/tasks/${other.id}`)).status).toBe(200);
    });

    test("heeds If-Match", async () => {
      const api = openApi();
      const { id } = await api.add();
      const path = `/api/tasks/${id}`;
      const etag = (await api.ask("GET", path)).headers.get("etag") ?? "";
      await api.ask("PATCH", path, { json: { title: "Other" } });
      expect((await api.ask("DELETE", path, { headers: { "if-match": etag } })).status).toBe(412);
      expect((await api.ask("DELETE", path, { headers: { "if-match": "etag" } })).status).toBe(400);
      const now = (await api.ask("GET", path)).headers.get("etag") ?? "";
      expect((await api.ask("DELETE", path, { headers: { "if-match": now } })).status).toBe(204);
      expect((await api.ask("DELETE", path, { headers: { "if-match": "*" } })).status).toBe(404);
    });

    test("does not delete what is changed at the same time by someone who saw the same", async () => {
      const api = openApi();
      const { id } = await api.add();
      const path = `/api/tasks/${id}`;
      const headers = { "if-match": (await api.ask("GET", path)).headers.get("etag") ?? "" };
      const replies = await Promise.all([
        api.ask("PATCH", path, { json: { title: "Other" }, headers }),
        api.ask("DELETE", path, { headers }),
      ]);
      const statuses = replies.map(({ status }) => status);
      expect([
        [200, 412],
        [404, 204],
        [412, 204],
      ]).toContainEqual(statuses);
      expect((await api.ask("GET", path)).status).toBe(statuses[1] === 204 ? 404 : 200);
    });

    test("refuses any parameter and deletes nothing", async () => {
      const api = openApi();
      const { id } = await api.add();
      expect((await api.ask("DELETE", `/api/tasks/${id}?force=1`)).status).toBe(400);
      expect((await api.ask("GET", `/api/tasks/${id}`)).status).toBe(200);
    });

    test("deletes nothing without an id", async () => {
      const api = openApi();
      await api.add();
      expect((await api.ask("DELETE", "/api/tasks")).status).toBe(405);
      expect((await api.ask("DELETE", "/api/tasks/")).status).toBe(405);
      expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(1);
    });
  });
}
