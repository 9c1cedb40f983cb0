import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";

export function describeFilters(openApi: OpenApi): void {
  function setUp() {
    const api = openApi();
    const save = (name: string, filter: unknown, as = "ann") =>
      api.ask("PUT", `/api/filters/${name}`, { json: { filter }, as });
    const list = async (as = "ann") => (await api.ask("GET", "/api/filters", { as })).body;
    return { api, save, list };
  }

  describe("saved filters", () => {
    test("are saved, listed by name, read, replaced and removed", async () => {
      const { api, save, list } = setUp();
      expect(await list()).toEqual([]);
      expect(await save("work", "+work")).toMatchObject({ status: 201, body: { name: "work", filter: "+work" } });
      expect((await save("Errands", "+shop")).status).toBe(201);
      expect(await save("work", "project:Work")).toMatchObject({ status: 200, body: { filter: "project:Work" } });
      expect(await list()).toEqual([
        { name: "Errands", filter: "+shop" },
        { name: "work", filter: "project:Work" },
      ]);
      expect((await api.ask("GET", "/api/filters/errands")).body).toEqual({ name: "Errands", filter: "+shop" });
      expect((await api.ask("DELETE", "/api/filters/ERRANDS")).status).toBe(204);
      expect((await api.ask("GET", "/api/filters/errands")).status).toBe(404);
      expect((await api.ask("DELETE", "/api/filters/errands")).status).toBe(404);
      expect(await list()).toEqual([{ name: "work", filter: "project:Work" }]);
    });

    test("have one name in any case, which keeps the spelling that came last", async () => {
      const { save, list } = setUp();
      await save("m\u00f8der", "+a");
      expect((await save(encodeURIComponent("M\u00d8DER"), "+b")).status).toBe(200);
      expect(await list()).toEqual([{ name: "M\u00d8DER", filter: "+b" }]);
    });

    test("are of one user", async () => {
      const { api, save, list } = setUp();
      await save("work", "+work");
      expect(await list("bob")).toEqual([]);
      expect((await api.ask("GET", "/api/filters/work", { as: "bob" })).status).toBe(404);
      expect((await api.ask("DELETE", "/api/filters/work", { as: "bob" })).status).toBe(404);
      await save("work", "+theirs", "bob");
      expect(await list()).toEqual([{ name: "work", filter: "+work" }]);
    });

    test.each([
      ["a name with a space", "two%20words", "+a"],
      ["a name that is reserved", "off", "+a"],
      ["a name that is too long", "x".repeat(65), "+a"],
      ["a filter that is not understood", "work", "due:fridy"],
      ["an empty filter", "work", " "],
      ["a filter that is no text", "work", 1],
      ["a filter that is too long", "work", "x".repeat(4001)],
    ])("are refused with %s, and nothing is saved", async (_, name, filter) => {
      const { save, list } = setUp();
      expect(await save(name, filter)).toMatchObject({ status: 400, body: { code: "invalid_input" } });
      expect(await list()).toEqual([]);
    });

    test("are refused with the place of what is not understood", async () => {
      const { save } = setUp();
      const { body } = await save("work", "+home or due<fridy");
      expect(body.errors).toEqual([
        { path: "filter", message: '"fridy" is not a date', at: 13, length: 5, suggestion: "Did you mean friday?" },
      ]);
      await save("a", "+a");
      await save("b", "overdue filter:a");
      expect((await save("a", "not filter:b")).body.errors).toMatchObject([{ path: "filter", at: 11, length: 1 }]);
    });

    test("have so much room, and no more", async () => {
      const { api, save, list } = setUp();
      const filters = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`filter:f${at}`, "+x"]));
      await api.store.editProfile("ann", filters, api.clock.now);
      const { status, body } = await save("one-more", "+x");
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.detail).toContain("200 entries");
      expect((await save("f7", "+y")).status).toBe(200);
      expect(await list()).toHaveLength(200);
    });
  });
}
