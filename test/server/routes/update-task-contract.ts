import { describe, expect, test } from "bun:test";
import { MAX_TASK_FIELDS } from "../../../src/domain/task/size.ts";
import { idOf, type OpenApi } from "../../support/server/api.ts";
import { statusesOf } from "../../support/server/replies.ts";

const WHOLE = {
  title: "Pay rent",
  description: "All of it",
  due_date: "2026-12-01",
  priority: "high",
  project: "House",
  tags: ["home", "money"],
} as const;

const RANDOM = "1f8fad5b-d9cb-469f-a165-70867728950e";

export function describeUpdateTask(openApi: OpenApi): void {
  describe.each(["PUT", "PATCH"])("%s /api/tasks/{id}", (method) => {
    async function setUp(fields: Readonly<Record<string, unknown>> = WHOLE) {
      const api = openApi();
      const task = await api.add(fields);
      const path = `/api/tasks/${task.id}`;
      api.clock.now += 1000;
      const change = (json: unknown, headers: Readonly<Record<string, string>> = {}) =>
        api.ask(method, path, { json, headers });
      const read = () => api.ask("GET", path);
      return { api, task, path, change, read };
    }

    test("refuses a tag for a task that had a thousand already, says why, and takes everything else", async () => {
      const { api, task, change, read } = await setUp({ title: "Pay rent" });
      const tags = Array.from({ length: MAX_TASK_FIELDS }, (_, place) => [`tag:t${place}`, place === 0] as const);
      const fill = [{ id: task.id, fields: Object.fromEntries(tags) }];
      await api.store.commit("ann", { action: "edit", now: api.clock.now, edits: fill });
      const refused = await change({ title: "Other", tags: ["t0", "new"] });
      expect([refused.status, refused.body.code]).toEqual([400, "invalid_input"]);
      expect(refused.body.detail).toContain("1000 fields");
      expect((await read()).body).toMatchObject({ title: "Pay rent", tags: ["t0"] });
      const { status, body } = await change({ title: "Other", description: "x".repeat(10_000), tags: ["t9"] });
      expect([status, body.title, body.tags]).toEqual([200, "Other", ["t9"]]);
    });

    test.each([
      ["title", { title: "Other" }, {}],
      ["description", { description: "Half of it" }, {}],
      ["due_date", { due_date: "2027-01-01" }, {}],
      ["due_date to a moment", { due_date: "2027-01-01T12:00:00+01:00" }, { due_date: "2027-01-01T11:00:00Z" }],
      ["priority", { priority: "low" }, {}],
      ["project", { project: "Flat" }, {}],
      ["tags", { tags: ["money", "new"] }, {}],
      ["completed", { completed: true }, { completed_at: "2026-11-20T09:00:01.000Z" }],
    ])("changes %s and keeps all else", async (_, json, more) => {
      const { task, change, read } = await setUp();
      const { status, headers, body } = await change(json);
      expect(status).toBe(200);
      expect(body).toEqual({ ...task, ...json, ...more, updated_at: "2026-11-20T09:00:01.000Z" });
      const now = await read();
      expect(now.body).toEqual(body);
      expect(now.headers.get("etag")).toBe(headers.get("etag"));
    });

    test.each(["description", "due_date", "priority", "project"])(
      "clears %s with null and keeps all else",
      async (name) => {
        const { task, change, read } = await setUp();
        const { body } = await change({ [name]: null });
        expect(body).toEqual({ ...task, [name]: null, updated_at: "2026-11-20T09:00:01.000Z" });
        expect((await read()).body).toEqual(body);
      },
    );

    test.each([[null], [[]]])("clears the tags with %j", async (tags) => {
      const { task, change, read } = await setUp();
      await change({ tags });
      expect((await read()).body).toEqual({ ...task, tags: [], updated_at: "2026-11-20T09:00:01.000Z" });
    });

    test("changes everything at once", async () => {
      const { task, change, read } = await setUp();
      const json = {
        title: "Other",
        description: null,
        completed: true,
        due_date: null,
        priority: "low",
        project: "Flat",
        tags: ["x"],
      };
      await change(json);
      expect((await read()).body).toEqual({
        ...task,
        ...json,
        completed_at: "2026-11-20T09:00:01.000Z",
        updated_at: "2026-11-20T09:00:01.000Z",
      });
    });

    test("leaves the task as it is, with its ETag, when nothing is given or all is so already", async () => {
      const { task, change, read } = await setUp();
      const { headers } = await read();
      for (const json of [{}, WHOLE, { tags: ["money", "home", "home"] }, { completed: false }]) {
        const reply = await change(json);
        expect([reply.status, reply.body, reply.headers.get("etag")]).toEqual([200, task, headers.get("etag")]);
      }
    });

    test("keeps when a task was completed while it stays completed", async () => {
      const { api, change } = await setUp();
      const done = await change({ completed: true });
      api.clock.now += 60_000;
      expect((await change({ completed: true, title: "Other" })).body.completed_at).toBe(done.body.completed_at);
      const open = await change({ completed: false });
      expect(open.body).toMatchObject({ completed: false, completed_at: null, title: "Other" });
    });

    test.each([
      ["a title of null", { title: null }, "title"],
      ["an empty title", { title: "" }, "title"],
      ["completed of null", { completed: null }, "completed"],
      ["completed as a text", { completed: "true" }, "completed"],
      ["a date that is none", { due_date: "soon" }, "due_date"],
      ["an empty date", { due_date: "" }, "due_date"],
      ["an unknown priority", { priority: "HIGH" }, "priority"],
      ["an empty project", { project: "" }, "project"],
      ["a tag of two words", { tags: ["a b"] }, "tags"],
      ["an id", { id: RANDOM }, "id"],
      ["its own handle", { handle: "kqvzbdfghjkl" }, "handle"],
      ["completed_at of a task that is not completed", { completed_at: "2026-11-20T09:00:00.000Z" }, "completed_at"],
      [
        "completed_at of a change that completes it",
        { completed: true, completed_at: "2026-11-20T08:00:00.000Z" },
        "completed_at",
      ],
      ["another created_at", { created_at: "2026-11-20T09:00:00.001Z" }, "created_at"],
      ["another updated_at", { updated_at: "2026-11-20T08:59:59.999Z" }, "updated_at"],
      ["an updated_at that is no moment", { updated_at: "just now" }, "updated_at"],
      ["a created_at of null", { created_at: null }, "created_at"],
      ["a deleted_at", { deleted_at: "2026-11-20T09:00:00.000Z" }, "deleted_at"],
      ["a register", { "tag:x": true }, "tag:x"],
      ["an operator of another API", { $set: {} }, "$set"],
      ["a misspelt member", { Title: "x" }, "Title"],
    ])("refuses %s, names it and changes nothing", async (_, json, path) => {
      const { task, change, read } = await setUp();
      const { status, body } = await change({ project: "Flat", ...json });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
      expect((await read()).body).toEqual(task);
    });

    test("takes what GET gave with some of it changed, and changes that alone", async () => {
      const { api, task, change, read } = await setUp();
      const later = { updated_at: "2026-11-20T09:00:01.000Z" };
      const { status, body } = await change({ ...task, title: "Other", completed: true });
      const done = { ...task, title: "Other", completed: true, completed_at: later.updated_at, ...later };
      expect([status, body]).toEqual([200, done]);
      api.clock.now += 1000;
      expect(await change(body)).toMatchObject({ status: 200, body });
      const reopened = await change({ ...body, completed: false });
      expect([reopened.status, reopened.body.completed_at]).toEqual([200, null]);
      expect((await read()).body.title).toBe("Other");
    });

    test("takes the moments of a task in any way of writing them, and its id in capitals", async () => {
      const { task, change } = await setUp();
      const json = {
        id: task.id.toUpperCase(),
        created_at: "2026-11-20T10:00:00+01:00",
        updated_at: "2026-11-20T09:00:00Z",
      };
      expect((await change({ ...json, title: "Other" })).status).toBe(200);
    });

    test("refuses a whole task that somebody changed meanwhile, by the name of what differs, and changes nothing", async () => {
      const { api, task, change, read } = await setUp();
      await change({ priority: "low", completed: true });
      api.clock.now += 1000;
      const { status, body } = await change({ ...task, title: "Other" });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      const message = "it can't be set, and differs from what the task has now";
      expect(body.errors).toEqual(["completed_at", "updated_at"].map((path) => ({ path, message })));
      expect((await read()).body).toMatchObject({ title: "Pay rent", priority: "low", completed: true });
    });

    test("lets exactly one of many through that send back the same task at once", async () => {
      const { task, change, read } = await setUp();
      const titles = Array.from({ length: 8 }, (_, at) => `Title ${at}`);
      const replies = await Promise.all(titles.map((title) => change({ ...task, title })));
      expect(statusesOf(replies)).toEqual([200, ...Array.from({ length: 7 }, () => 400)]);
      expect((await read()).body).toEqual(replies.find(({ status }) => status === 200)?.body);
    });

    test("says first that the version is another one, where the whole task comes with its ETag", async () => {
      const { task, change, read } = await setUp();
      const etag = (await read()).headers.get("etag") ?? "";
      await change({ title: "Other" });
      expect((await change(task, { "if-match": etag })).status).toBe(412);
    });

    test.each(["__proto__", "constructor", "toString"])("refuses the member %s", async (name) => {
      const { api, task, path, read } = await setUp();
      const text = `{"project":"Flat","${name}":{"title":"x"}}`;
      const { status, body } = await api.ask(method, path, { text });
      expect([status, body.errors]).toEqual([400, [{ path: name, message: "there is no such member" }]]);
      expect((await read()).body).toEqual(task);
    });

    test.each([
      ["a list of JSON Patch", '[{"op":"replace","path":"/title","value":"x"}]'],
      ["null", "null"],
      ["nothing", ""],
    ])("refuses %s for a body", async (_, text) => {
      const { api, path } = await setUp();
      expect((await api.ask(method, path, { text })).status).toBe(400);
    });

    test("takes a handle", async () => {
      const { api, task } = await setUp({ id: idOf("kqvzbdfghjkl") });
      expect((await api.ask(method, "/api/tasks/kqv", { json: { title: "Other" } })).body).toMatchObject({
        id: task.id,
        title: "Other",
      });
    });

    test("answers 409 for a beginning that fits two handles, and changes neither", async () => {
      const { api } = await setUp({ id: idOf("kqvzbdfghjkl") });
      await api.add({ id: idOf("kqvxbdfghjkl") });
      expect((await api.ask(method, "/api/tasks/kqv", { json: { title: "Other" } })).body.code).toBe("ambiguous");
      const { body } = await api.ask("GET", "/api/tasks?q=other");
      expect(body).toEqual([]);
    });

    test("answers 404 for a task that there is not, and makes none", async () => {
      const { api } = await setUp();
      expect((await api.ask(method, `/api/tasks/${RANDOM}`, { json: WHOLE })).status).toBe(404);
      expect((await api.ask("GET", "/api/tasks")).body).toHaveLength(1);
    });

    test("answers 404 for a deleted task and leaves it as it was", async () => {
      const { api, task, path, change } = await setUp();
      await api.ask("DELETE", path);
      expect((await change({ title: "Other" })).status).toBe(404);
      expect((await api.ask("POST", `${path}/restore`)).body.title).toBe(task.title);
    });

    test("is never older than what it changes, even when the clock goes back", async () => {
      const { api, change, read } = await setUp();
      api.clock.now -= 1_800_000;
      await change({ title: "Other" });
      expect((await read()).body.title).toBe("Other");
    });

    test("keeps what two requests change at once in different fields", async () => {
      const { change, read } = await setUp();
      const replies = await Promise.all([
        change({ title: "Other" }),
        change({ priority: "low" }),
        change({ tags: ["x"] }),
      ]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect((await read()).body).toMatchObject({ title: "Other", priority: "low", tags: ["x"], project: "House" });
    });

    describe("started over HTTP", () => {
      test("begins and ends the time that somebody works on a task", async () => {
        const api = openApi();
        const task = await api.add();
        const change = (json: object) => api.ask("PATCH", `/api/tasks/${task.id}`, { json });
        expect((await change({ started: true })).body).toMatchObject({ started_at: "2026-11-20T09:00:00.000Z" });
        api.clock.now += 90_000;
        expect((await change({ started: true })).body).toMatchObject({ started_at: "2026-11-20T09:00:00.000Z" });
        expect((await change({ started: false })).body).toMatchObject({ started_at: null, tracked_minutes: 1 });
        await change({ completed: true });
        const refused = await change({ started: true });
        expect([refused.status, refused.body.code]).toEqual([400, "invalid_input"]);
      });
    });

    describe("with If-Match", () => {
      test.each([
        ["the ETag", (etag: string) => etag],
        ["the ETag as a weak one, as proxies that compress pass it on", (etag: string) => `W/${etag}`],
        ["a list with the ETag", (etag: string) => `"other",${etag}, "more"`],
        ["a list with the ETag as a weak one", (etag: string) => `W/"other" , W/${etag}`],
        ["a star", () => "*"],
        ["a star between spaces", () => " * "],
      ])("changes the task for %s", async (_, write) => {
        const { change, read } = await setUp();
        const etag = (await read()).headers.get("etag") ?? "";
        expect((await change({ title: "Other" }, { "if-match": write(etag) })).status).toBe(200);
        expect((await read()).body.title).toBe("Other");
      });

      test.each([
        ["another tag", () => '"other"'],
        ["another tag as a weak one", () => 'W/"other"'],
        ["the ETag with more in its quotes", (etag: string) => `"W/${etag.slice(1)}`],
        ["other tags", () => '"a", "b"'],
        ["an empty tag", () => '""'],
      ])("answers 412 for %s and changes nothing", async (_, write) => {
        const { task, change, read } = await setUp();
        const etag = (await read()).headers.get("etag") ?? "";
        const { status, body } = await change({ title: "Other" }, { "if-match": write(etag) });
        expect([status, body.code]).toEqual([412, "precondition_failed"]);
        expect((await read()).body).toEqual(task);
      });

      test("answers 412 for the ETag of before a change, also where this one changes nothing", async () => {
        const { change, read } = await setUp();
        const etag = (await read()).headers.get("etag") ?? "";
        await change({ priority: "low" });
        for (const json of [{ title: "Other" }, {}]) {
          expect((await change(json, { "if-match": etag })).status).toBe(412);
        }
        expect((await read()).body).toMatchObject({ title: "Pay rent", priority: "low" });
      });

      test.each(["abc", '"open', "W/abc", ""])("refuses %j", async (asked) => {
        const { task, change, read } = await setUp();
        const { status, body } = await change({ title: "Other" }, { "if-match": asked });
        expect([status, body.errors?.[0].path]).toEqual([400, "If-Match"]);
        expect((await read()).body).toEqual(task);
      });

      test("lets exactly one of two requests through that come at once with the same ETag", async () => {
        const { change, read } = await setUp();
        const etag = (await read()).headers.get("etag") ?? "";
        const titles = ["One", "Other"];
        const replies = await Promise.all(titles.map((title) => change({ title }, { "if-match": etag })));
        expect(statusesOf(replies)).toEqual([200, 412]);
        const winner = replies.find(({ status }) => status === 200);
        expect((await read()).body).toEqual(winner?.body);
      });

      test("lets exactly one of many through", async () => {
        const { change, read } = await setUp();
        const etag = (await read()).headers.get("etag") ?? "";
        const titles = Array.from({ length: 12 }, (_, at) => `Title ${at}`);
        const replies = await Promise.all(titles.map((title) => change({ title }, { "if-match": etag })));
        expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(replies.filter(({ status }) => status === 412)).toHaveLength(11);
      });

      test("answers 404 for a task that there is not, whatever it asks for", async () => {
        const { api } = await setUp();
        for (const asked of ["*", '"other"']) {
          const headers = { "if-match": asked };
          expect((await api.ask(method, `/api/tasks/${RANDOM}`, { json: {}, headers })).status).toBe(404);
        }
      });
    });
  });
}
