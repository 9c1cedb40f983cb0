import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";

/** Made at 9:00:00 UTC on 20 November 2026. */
const NOTE = "01a1f82f-1e80-7001-89c7-042307825391";
const LATER = "01a1f82f-2268-7001-89c7-042307825391";

export function describeNotes(openApi: OpenApi): void {
  async function setUp() {
    const api = openApi();
    const task = await api.add();
    const path = `/api/tasks/${task.id}/notes`;
    const add = (json: unknown) => api.ask("POST", path, { json });
    const read = async () => (await api.ask("GET", `/api/tasks/${task.id}`)).body;
    return { api, task, path, add, read };
  }

  describe("POST /api/tasks/{id}/notes", () => {
    test("adds a note, which can be repeated with an id, and answers the task", async () => {
      const { api, task, path, add, read } = await setUp();
      await add({ id: LATER, text: "second" });
      const { status, headers, body } = await add({ id: NOTE.toUpperCase(), text: "caf\u0065\u0301" });
      expect([status, body]).toEqual([
        200,
        {
          ...task,
          notes: [
            { id: NOTE, at: "2026-11-20T09:00:00.000Z", text: "caf\u00e9" },
            { id: LATER, at: "2026-11-20T09:00:01.000Z", text: "second" },
          ],
        },
      ]);
      expect((await api.ask("GET", `/api/tasks/${task.id}`)).headers.get("etag")).toBe(headers.get("etag"));
      api.clock.now += 1000;
      expect((await add({ id: NOTE, text: "caf\u00e9" })).body).toEqual(body);
      expect((await add({ text: "third" })).body.notes).toHaveLength(3);
      expect((await api.ask("POST", path, { json: { text: "x" }, headers: { "if-match": '"other"' } })).status).toBe(
        412,
      );
      expect((await read()).notes).toHaveLength(3);
    });

    test.each([
      ["no text", {}, "text"],
      ["a text of nothing", { text: " \u200b" }, "text"],
      ["a text that is too long", { text: "x".repeat(2001) }, "text"],
      ["an id without a time", { id: crypto.randomUUID(), text: "x" }, "id"],
      ["a member that there is not", { text: "x", at: "2026-11-20T09:00:00.000Z" }, "at"],
    ])("refuses %s and changes nothing", async (_, json, at) => {
      const { task, add, read } = await setUp();
      const { status, body } = await add(json);
      expect([status, body.errors[0].path]).toEqual([400, at]);
      expect(await read()).toEqual(task);
    });

    test("refuses a note more than there may be, and says what to do", async () => {
      const { api, task, add } = await setUp();
      const fields = Object.fromEntries(Array.from({ length: 100 }, () => [`note:${Bun.randomUUIDv7()}`, "x"]));
      await api.store.commit("ann", { action: "note", now: api.clock.now, edits: [{ id: task.id, fields }] });
      const { status, body } = await add({ text: "one more" });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.detail).toContain("has 100 notes, at most 100 are allowed");
    });
  });

  describe("DELETE /api/tasks/{id}/notes/{note}", () => {
    test("removes a note, and can be repeated", async () => {
      const { api, task, path, add, read } = await setUp();
      await add({ id: NOTE, text: "first" });
      await add({ id: LATER, text: "second" });
      const remove = (note: string) => api.ask("DELETE", `${path}/${note}`);
      const { status, body } = await remove(NOTE.toUpperCase());
      expect([status, body.notes.map(({ text }: { text: string }) => text)]).toEqual([200, ["second"]]);
      expect((await remove(NOTE)).body).toEqual(body);
      expect((await remove("1")).body.errors).toMatchObject([{ path: "note" }]);
      expect((await api.ask("DELETE", `/api/tasks/${crypto.randomUUID()}/notes/${NOTE}`)).status).toBe(404);
      await remove(LATER);
      expect(await read()).toEqual({ ...task, updated_at: expect.any(String) });
    });

    test("is the only thing that can be done with a note by itself", async () => {
      const { api, path } = await setUp();
      const { status, headers } = await api.ask("PATCH", `${path}/${NOTE}`, { json: { text: "x" } });
      expect([status, headers.get("allow")]).toEqual([405, "DELETE"]);
    });
  });
}
