import { describe, expect, test } from "bun:test";
import { idOf, type OpenApi } from "../../support/server/api.ts";
import { statusesOf } from "../../support/server/replies.ts";

const id = "0f8fad5b-d9cb-469f-a165-70867728950e";

export function describeCreateTask(openApi: OpenApi): void {
  describe("POST /api/tasks", () => {
    test("makes a task and says where it is", async () => {
      const api = openApi();
      const { status, headers, body } = await api.ask("POST", "/api/tasks", {
        json: { title: "Pay rent", due_date: "2026-12-01", tags: ["home"], priority: "high", project: "House" },
      });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        handle: expect.stringMatching(/^[bcdfghjklmnpqrstvwxz]{12}$/),
        title: "Pay rent",
        description: null,
        completed: false,
        completed_at: null,
        cancelled: false,
        due_date: "2026-12-01",
        scheduled_date: null,
        wait_until: null,
        priority: "high",
        project: "House",
        tags: ["home"],
        parent: null,
        rank: null,
        depends_on: [],
        recurrence: null,
        occurrence: null,
        series: null,
        skipped: false,
        estimate_minutes: null,
        started_at: null,
        tracked_minutes: 0,
        notes: [],
        reminders: [],
        created_at: "2026-11-20T09:00:00.000Z",
        updated_at: "2026-11-20T09:00:00.000Z",
        deleted_at: null,
      });
      expect(headers.get("location")).toBe(`/api/tasks/${body.id}`);
      const read = await api.ask("GET", headers.get("location") ?? "");
      expect(read.body).toEqual(body);
      expect(read.headers.get("etag")).toBe(headers.get("etag"));
    });

    test("makes a task of its title alone, and takes null for what is not given", async () => {
      const api = openApi();
      const nothing = { description: null, due_date: null, priority: null, project: null, tags: null };
      const { body: bare } = await api.ask("POST", "/api/tasks", { json: { title: "Pay rent" } });
      const { body: nulls } = await api.ask("POST", "/api/tasks", { json: { title: "Pay rent", ...nothing } });
      const both = { title: "Pay rent", description: null, due_date: null, priority: null, project: null, tags: [] };
      expect(bare).toMatchObject(both);
      expect(nulls).toMatchObject(both);
    });

    test("makes two tasks of two requests without an id", async () => {
      const api = openApi();
      const [one, other] = [await api.add(), await api.add()];
      expect(one.id).not.toBe(other.id);
      expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(2);
    });

    test.each([
      ["a title with what is in front and behind of it", { title: " Pay rent\n" }, { title: " Pay rent\n" }],
      ["a title in one normal form", { title: "Cafe\u0301" }, { title: "Café" }],
      ["500 code points of a title", { title: "🏠".repeat(500) }, { title: "🏠".repeat(500) }],
      ["10,000 characters of a description", { description: "x".repeat(10_000) }, { description: "x".repeat(10_000) }],
      ["an empty description", { description: "" }, { description: "" }],
      ["tags once and sorted", { tags: ["b", "a", "b"] }, { tags: ["a", "b"] }],
      ["a moment in UTC", { due_date: "2026-12-01T18:30:00+02:00" }, { due_date: "2026-12-01T16:30:00Z" }],
      ["a leap day", { due_date: "2028-02-29" }, { due_date: "2028-02-29" }],
    ])("keeps %s", async (_, fields, kept) => {
      const api = openApi();
      const { id: made, ...task } = await api.add(fields);
      expect(task).toMatchObject(kept);
      expect((await api.ask("GET", `/api/tasks/${made}`)).body).toMatchObject(kept);
    });

    test.each([
      ["no title", {}, "title"],
      ["a title of null", { title: null }, "title"],
      ["a title that is a number", { title: 5 }, "title"],
      ["an empty title", { title: "" }, "title"],
      ["a title of spaces", { title: " \u200b" }, "title"],
      ["a title of 501 characters", { title: "x".repeat(501) }, "title"],
      ["a title with NUL", { title: "a\0b" }, "title"],
      ["a title with half of a surrogate pair", { title: "a\ud800b" }, "title"],
      ["a description of 10,001 characters", { title: "x", description: "x".repeat(10_001) }, "description"],
      ["a day that the calendar lacks", { title: "x", due_date: "2026-02-29" }, "due_date"],
      ["a moment without an offset", { title: "x", due_date: "2026-12-01T15:00:00" }, "due_date"],
      ["a word for a date", { title: "x", due_date: "tomorrow" }, "due_date"],
      ["an unknown priority", { title: "x", priority: "urgent" }, "priority"],
      ["a project of 101 characters", { title: "x", project: "x".repeat(101) }, "project"],
      ["a project called none", { title: "x", project: "none" }, "project"],
      ["a tag of two words", { title: "x", tags: ["a b"] }, "tags"],
      ["a tag that is a number", { title: "x", tags: [1] }, "tags.0"],
      ["51 tags", { title: "x", tags: Array.from({ length: 51 }, (_, at) => `t${at}`) }, "tags"],
      ["tags that are no list", { title: "x", tags: "a" }, "tags"],
      ["an id that is no UUID", { title: "x", id: "1" }, "id"],
      ["an id that is a number", { title: "x", id: 1 }, "id"],
      ["completed, which a new task can't be", { title: "x", completed: true }, "completed"],
      ["a member that there is not", { title: "x", colour: "red" }, "colour"],
      ["a member that a reply has", { title: "x", handle: "kqvzbdfghjkl" }, "handle"],
      ["the member created_at", { title: "x", created_at: "2026-01-01T00:00:00Z" }, "created_at"],
    ])("refuses %s and names where it is wrong", async (_, json, path) => {
      const api = openApi();
      const { status, body } = await api.ask("POST", "/api/tasks", { json });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
    });

    test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("refuses the member %s", async (name) => {
      const api = openApi();
      const text = `{"title":"x","${name}":{"completed":true}}`;
      const { status, body } = await api.ask("POST", "/api/tasks", { text });
      expect([status, body.errors]).toEqual([400, [{ path: name, message: "there is no such member" }]]);
    });

    test("names everything that is wrong at once", async () => {
      const api = openApi();
      const { body } = await api.ask("POST", "/api/tasks", { json: { title: "", priority: "x", a: 1, b: 2 } });
      const paths = body.errors.map(({ path }: { path: string }) => path);
      expect(paths.toSorted()).toEqual(["a", "b", "priority", "title"]);
    });

    test.each(["null", "[]", '"title"', "1", "true", '[{"title":"x"}]'])("refuses %s for a body", async (text) => {
      const api = openApi();
      const { status, body } = await api.ask("POST", "/api/tasks", { text });
      expect([status, body.errors[0].path]).toEqual([400, ""]);
    });

    test("refuses a request without a body", async () => {
      expect((await openApi().ask("POST", "/api/tasks")).status).toBe(400);
    });

    test("refuses any parameter", async () => {
      const api = openApi();
      const { status, body } = await api.ask("POST", "/api/tasks?dry_run=1", { json: { title: "x" } });
      expect([status, body.errors]).toEqual([400, [{ path: "dry_run", message: "there is no such member" }]]);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
    });

    test("answers the same with a slash behind the path", async () => {
      const api = openApi();
      const { status, headers, body } = await api.ask("POST", "/api/tasks/", { json: { title: "x" } });
      expect([status, headers.get("location")]).toEqual([201, `/api/tasks/${body.id}`]);
    });
  });

  describe("POST /api/tasks with an id of the client's", () => {
    test("makes one task when it arrives twice", async () => {
      const api = openApi();
      const first = await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent", tags: ["a", "b"] } });
      const second = await api.ask("POST", "/api/tasks", {
        json: { id: id.toUpperCase(), title: "Pay rent", tags: ["b", "a"] },
      });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(second.body).toEqual(first.body);
      expect(first.body.id).toBe(id);
      for (const name of ["location", "etag"]) expect(second.headers.get(name)).toBe(first.headers.get(name));
      expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(1);
    });

    test("makes one task when it arrives again later, with the time of the first", async () => {
      const api = openApi();
      const task = await api.add({ id });
      api.clock.now += 60_000;
      const { status, body } = await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } });
      expect([status, body]).toEqual([200, task]);
    });

    test.each([
      ["null for what was not given", { description: null, tags: [], due_date: "2026-12-01T15:00:00Z" }],
      ["the same moment with another offset", { due_date: "2026-12-01T17:00:00.000+02:00" }],
      ["the same title in other code points", { title: "Cafe\u0301", due_date: "2026-12-01T15:00:00Z" }],
    ])("takes %s for the same request", async (_, fields) => {
      const api = openApi();
      await api.add({ id, title: "Café", due_date: "2026-12-01T15:00:00Z" });
      const { status } = await api.ask("POST", "/api/tasks", { json: { id, title: "Café", ...fields } });
      expect(status).toBe(200);
    });

    test("answers the task as it is now when the request comes again after an edit", async () => {
      const api = openApi();
      await api.add({ id });
      await api.ask("PATCH", `/api/tasks/${id}`, { json: { title: "Pay all of the rent" } });
      const { status, body } = await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } });
      expect([status, body.title]).toEqual([200, "Pay all of the rent"]);
    });

    test("refuses what the task says after an edit, because no request made it so", async () => {
      const api = openApi();
      await api.add({ id });
      await api.ask("PATCH", `/api/tasks/${id}`, { json: { title: "Pay all of the rent" } });
      const { status } = await api.ask("POST", "/api/tasks", { json: { id, title: "Pay all of the rent" } });
      expect(status).toBe(409);
    });

    test.each([{ title: "Another" }, { title: "Pay rent", project: "House" }, { title: "Pay rent", tags: ["a"] }])(
      "refuses the id of another task for %j and leaves that task alone",
      async (fields) => {
        const api = openApi();
        const task = await api.add({ id });
        const { status, body } = await api.ask("POST", "/api/tasks", { json: { id, ...fields } });
        expect([status, body.code]).toEqual([409, "conflict"]);
        expect((await api.ask("GET", `/api/tasks/${id}`)).body).toEqual(task);
      },
    );

    test("refuses a request that lacks a field of the first", async () => {
      const api = openApi();
      await api.add({ id, project: "House" });
      expect((await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } })).status).toBe(409);
    });

    test("answers 409 for the id of a deleted task, which stays deleted", async () => {
      const api = openApi();
      await api.add({ id });
      await api.ask("DELETE", `/api/tasks/${id}`);
      const { status, body } = await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } });
      expect([status, body.code]).toEqual([409, "conflict"]);
      expect((await api.ask("GET", `/api/tasks/${id}`)).status).toBe(404);
    });

    test("answers the task again once its deletion is taken back", async () => {
      const api = openApi();
      await api.add({ id });
      await api.ask("DELETE", `/api/tasks/${id}`);
      await api.ask("POST", `/api/tasks/${id}/restore`);
      expect((await api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } })).status).toBe(200);
    });

    test("makes a task of each user's, which have nothing to do with each other", async () => {
      const api = openApi();
      const mine = await api.add({ id, title: "Mine" });
      const theirs = await api.add({ id, title: "Theirs" }, "ben");
      expect([mine.id, theirs.id]).toEqual([id, id]);
      expect((await api.ask("GET", `/api/tasks/${id}`)).body.title).toBe("Mine");
      expect((await api.ask("GET", `/api/tasks/${id}`, { as: "ben" })).body.title).toBe("Theirs");
    });

    test("takes a UUID of any version", async () => {
      const api = openApi();
      for (const any of [idOf("kqvzbdfghjkl"), "00000000-0000-0000-0000-000000000000", crypto.randomUUID()]) {
        expect((await api.add({ id: any })).id).toBe(any);
      }
    });

    test("makes one task when the same request arrives many times at once", async () => {
      const api = openApi();
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => api.ask("POST", "/api/tasks", { json: { id, title: "Pay rent" } })),
      );
      expect(statusesOf(replies)).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
      expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(1);
      expect(await api.store.history("ann", {})).toHaveLength(1);
    });

    test("makes the task of one of two requests that say other things at once", async () => {
      const api = openApi();
      const replies = await Promise.all(
        ["One", "Other"].map((title) => api.ask("POST", "/api/tasks", { json: { id, title } })),
      );
      expect(statusesOf(replies)).toEqual([201, 409]);
      const made = replies.find(({ status }) => status === 201);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([made?.body]);
    });
  });
}
