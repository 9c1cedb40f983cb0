import { describe, expect, test } from "bun:test";
import { idOf, type OpenApi } from "../../support/server/api.ts";

const HANDLE = "kqvzbdfghjkl";
const RANDOM = "1f8fad5b-d9cb-469f-a165-70867728950e";

export function describeGetTask(openApi: OpenApi): void {
  describe("GET /api/tasks/{id}", () => {
    test.each([
      ["its UUID", idOf(HANDLE)],
      ["its UUID in capitals", idOf(HANDLE).toUpperCase()],
      ["its whole handle", HANDLE],
      ["its handle in capitals", HANDLE.toUpperCase()],
      ["the first three letters of its handle", "kqv"],
      ["any beginning of its handle", "kqvzbdfgh"],
    ])("answers a task by %s", async (_, ref) => {
      const api = openApi();
      const task = await api.add({ id: idOf(HANDLE), title: "This one" });
      await api.add({ id: idOf("kqwzbdfghjkl"), title: "Another" });
      expect(task.handle).toBe(HANDLE);
      const { status, body } = await api.ask("GET", `/api/tasks/${ref}`);
      expect([status, body]).toEqual([200, task]);
    });

    test("answers 409 for a beginning that fits two handles, and the task for one letter more", async () => {
      const api = openApi();
      await api.add({ id: idOf("kqvzbdfghjkl"), title: "One" });
      await api.add({ id: idOf("kqvxbdfghjkl"), title: "Other" });
      const { status, body } = await api.ask("GET", "/api/tasks/kqv");
      expect([status, body.code]).toEqual([409, "ambiguous"]);
      expect(body.errors).toEqual([
        { path: "id", message: "kqvxbdfghjkl  Other" },
        { path: "id", message: "kqvzbdfghjkl  One" },
      ]);
      expect((await api.ask("GET", "/api/tasks/kqvx")).body.title).toBe("Other");
    });

    test("counts a deleted task among those that a beginning fits, as every list does", async () => {
      const api = openApi();
      await api.add({ id: idOf("kqvzbdfghjkl") });
      await api.add({ id: idOf("kqvxbdfghjkl") });
      await api.ask("DELETE", "/api/tasks/kqvx");
      expect((await api.ask("GET", "/api/tasks/kqv")).status).toBe(409);
      expect((await api.ask("GET", "/api/tasks/kqvx")).status).toBe(404);
    });

    test("does not look at the handles of others", async () => {
      const api = openApi();
      const mine = await api.add({ id: idOf("kqvzbdfghjkl") });
      await api.add({ id: idOf("kqvxbdfghjkl") }, "ben");
      expect((await api.ask("GET", "/api/tasks/kqv")).body).toEqual(mine);
    });

    test.each([RANDOM, "zzz", "zzzzzzzzzzzz"])("answers 404 for %s, which names nothing", async (ref) => {
      const api = openApi();
      await api.add({ id: idOf(HANDLE) });
      const { status, body } = await api.ask("GET", `/api/tasks/${ref}`);
      expect([status, body.code]).toEqual([404, "not_found"]);
    });

    test.each([
      ["a number", "1"],
      ["two letters", "kq"],
      ["13 letters", "kqvzbdfghjklm"],
      ["letters that no handle has", "abc"],
      ["the beginning of a UUID", "019a9f3c-51c8"],
      ["eight digits of a UUID", "019a9f3c"],
      ["eight digits of a UUID that are letters", "abcdefab"],
      ["a UUID without hyphens", "019a9f3c51c8700080000000000000ff"],
      ["a UUID with one digit too many", `${RANDOM}0`],
      ["a UUID with a line break", `${RANDOM}%0A`],
      ["a UUID in braces", `%7B${RANDOM}%7D`],
      ["a path that was hidden", "..%2F..%2Fhealth"],
      ["bytes that are not UTF-8", "%ff%fe"],
      ["a percent sign", "%25"],
      ["NUL", "kqv%00"],
      ["a wildcard", "kqv%25"],
      ["the name of a member of every object", "constructor"],
      ["a quote", "kqv'--"],
    ])("answers 400 for %s", async (_, ref) => {
      const api = openApi();
      await api.add({ id: idOf(HANDLE) });
      await api.add({ id: "abcdefab-0000-4000-8000-000000000000" });
      const { status, body } = await api.ask("GET", `/api/tasks/${ref}`);
      expect([status, body.code, body.errors?.[0].path]).toEqual([400, "invalid_input", "id"]);
    });

    test("answers 404 for a deleted task", async () => {
      const api = openApi();
      const { id, handle } = await api.add();
      await api.ask("DELETE", `/api/tasks/${id}`);
      for (const ref of [id, handle]) expect((await api.ask("GET", `/api/tasks/${ref}`)).status).toBe(404);
    });

    test("refuses any parameter", async () => {
      const api = openApi();
      const { id } = await api.add();
      expect((await api.ask("GET", `/api/tasks/${id}?fields=title`)).status).toBe(400);
    });

    test("answers the same with a slash behind the path", async () => {
      const api = openApi();
      const task = await api.add();
      expect((await api.ask("GET", `/api/tasks/${task.id}/`)).body).toEqual(task);
    });

    test("answers HEAD with the headers of GET and no body", async () => {
      const api = openApi();
      const { id } = await api.add();
      const get = await api.ask("GET", `/api/tasks/${id}`);
      const head = await api.ask("HEAD", `/api/tasks/${id}`);
      expect([head.status, head.body]).toEqual([200, undefined]);
      for (const name of ["etag", "content-type", "cache-control"]) {
        expect(head.headers.get(name)).toBe(get.headers.get(name));
      }
    });
  });

  describe("the ETag of a task", () => {
    test("is a strong one and stays while nothing changes", async () => {
      const api = openApi();
      const { id } = await api.add();
      const etags = [await api.ask("GET", `/api/tasks/${id}`), await api.ask("GET", `/api/tasks/${id}`)].map(
        ({ headers }) => headers.get("etag") ?? "",
      );
      expect(etags[0]).toMatch(/^"[\w-]+"$/);
      expect(etags[1]).toBe(etags[0] ?? "");
    });

    test("is that of the last answer to a change, and another one after the next change", async () => {
      const api = openApi();
      const { id } = await api.add();
      const seen: (string | null)[] = [];
      for (const title of ["One", "Two", "Three"]) {
        api.clock.now += 1000;
        const changed = await api.ask("PATCH", `/api/tasks/${id}`, { json: { title } });
        const read = await api.ask("GET", `/api/tasks/${id}`);
        expect(read.headers.get("etag")).toBe(changed.headers.get("etag"));
        seen.push(read.headers.get("etag"));
      }
      expect(new Set(seen).size).toBe(3);
    });

    test.each([
      ["title", { title: "Other" }],
      ["description", { description: "Other" }],
      ["due_date", { due_date: "2026-12-01" }],
      ["priority", { priority: "high" }],
      ["project", { project: "House" }],
      ["tags", { tags: ["a"] }],
      ["completed", { completed: true }],
    ])("is another one when %s changes within the same millisecond", async (_, json) => {
      const api = openApi();
      const { id } = await api.add();
      const before = await api.ask("GET", `/api/tasks/${id}`);
      const { headers } = await api.ask("PATCH", `/api/tasks/${id}`, { json });
      expect(headers.get("etag")).not.toBe(before.headers.get("etag"));
    });

    test("is the same on another server of the same store", async () => {
      const api = openApi();
      const other = openApi({ store: api.store });
      const { id } = await api.add();
      const etags = await Promise.all([api, other].map(({ ask }) => ask("GET", `/api/tasks/${id}`)));
      expect(etags[1]?.headers.get("etag")).toBe(etags[0]?.headers.get("etag") ?? "");
    });
  });

  describe("If-None-Match", () => {
    async function setUp() {
      const api = openApi();
      const { id } = await api.add();
      const etag = (await api.ask("GET", `/api/tasks/${id}`)).headers.get("etag") ?? "";
      const ask = (asked: string) => api.ask("GET", `/api/tasks/${id}`, { headers: { "if-none-match": asked } });
      return { api, id, etag, ask };
    }

    test.each([
      ["the ETag", (etag: string) => etag],
      ["the ETag as a weak one", (etag: string) => `W/${etag}`],
      ["a list with the ETag", (etag: string) => `"other", ${etag} , W/"more"`],
      ["a star", () => "*"],
    ])("is answered with 304 for %s, with the ETag and without a body", async (_, write) => {
      const { etag, ask } = await setUp();
      const { status, headers, body } = await ask(write(etag));
      expect([status, headers.get("etag"), body, headers.get("content-type")]).toEqual([304, etag, undefined, null]);
    });

    test.each([
      ["another tag", () => '"other"'],
      ["a part of the ETag", (etag: string) => `${etag.slice(0, -2)}"`],
      ["other tags", () => 'W/"a", "b"'],
    ])("is answered with the task for %s", async (_, write) => {
      const { etag, ask } = await setUp();
      expect((await ask(write(etag))).status).toBe(200);
    });

    test("is answered with the task once it has changed", async () => {
      const { api, id, etag, ask } = await setUp();
      await api.ask("PATCH", `/api/tasks/${id}`, { json: { title: "Other" } });
      const { status, body } = await ask(etag);
      expect([status, body.title]).toEqual([200, "Other"]);
    });

    test.each(["abc", '"open', "W/abc", 'w/"abc"', "* , *", ""])(
      "is as if it were not there when it is %j",
      async (asked) => {
        const { ask } = await setUp();
        expect((await ask(asked)).status).toBe(200);
      },
    );

    test("is heeded by HEAD", async () => {
      const { api, id, etag } = await setUp();
      expect((await api.ask("HEAD", `/api/tasks/${id}`, { headers: { "if-none-match": etag } })).status).toBe(304);
    });

    test("does not tell a deleted task from one that never was", async () => {
      const { api, id, ask } = await setUp();
      await api.ask("DELETE", `/api/tasks/${id}`);
      expect((await ask("*")).status).toBe(404);
    });
  });
}
