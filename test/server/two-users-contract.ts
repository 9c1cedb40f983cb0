import { describe, expect, test } from "bun:test";
import { type Api, type Ask, idOf, type OpenApi } from "../support/server/api.ts";
import { readBytes } from "../support/server/reply-bytes.ts";

const RANDOM = "1f8fad5b-d9cb-469f-a165-70867728950e";

/** Every route with a task in its path, with a request that does something there, and what it answers for one's own. */
const ROUTES: readonly (readonly [method: string, path: string, ask: Ask, mine: number])[] = [
  ["GET", "/api/tasks/{id}", {}, 200],
  ["HEAD", "/api/tasks/{id}", {}, 200],
  ["PUT", "/api/tasks/{id}", { json: { title: "Changed" } }, 200],
  ["PATCH", "/api/tasks/{id}", { json: { title: "Changed", completed: true, tags: ["x"] } }, 200],
  ["PATCH", "/api/tasks/{id}/complete", {}, 200],
  ["PATCH", "/api/tasks/{id}/complete", { json: { completed: true } }, 200],
  ["POST", "/api/tasks/{id}/move", { json: { parent: null } }, 200],
  ["GET", "/api/tasks/{id}/occurrences", {}, 200],
  ["GET", "/api/tasks/{id}?include=subtasks,blocked", {}, 200],
  ["DELETE", "/api/tasks/{id}?subtasks=delete", {}, 204],
  ["DELETE", "/api/tasks/{id}", {}, 204],
  ["POST", "/api/tasks/{id}/restore", {}, 200],
  ["POST", "/api/tasks/{id}/notes", { json: { text: "Changed" } }, 200],
  ["DELETE", `/api/tasks/{id}/notes/${RANDOM}`, {}, 200],
];

/** Requests that are refused for one's own task too, which must not tell theirs from none either. */
const REFUSED: readonly (readonly [method: string, path: string, ask: Ask])[] = [
  ["GET", "/api/tasks/{id}", { headers: { "if-none-match": "*" } }],
  ["GET", "/api/tasks/{id}", { headers: { "if-none-match": "nonsense" } }],
  ["GET", "/api/tasks/{id}?x=1", {}],
  ["PUT", "/api/tasks/{id}", { json: { title: null } }],
  ["PATCH", "/api/tasks/{id}", { text: "{" }],
  ["PATCH", "/api/tasks/{id}", { json: {} }],
  ["PATCH", "/api/tasks/{id}", { json: { title: "x" }, headers: { "if-match": "*" } }],
  ["PATCH", "/api/tasks/{id}", { json: { title: "x" }, headers: { "if-match": '"other"' } }],
  ["PATCH", "/api/tasks/{id}", { json: { title: "x" }, headers: { "content-type": "text/plain" } }],
  ["PATCH", "/api/tasks/{id}", { json: { title: "x" }, claims: { scope: "tasks:read" } }],
  ["DELETE", "/api/tasks/{id}", { claims: { scope: "" } }],
  ["DELETE", "/api/tasks/{id}", { headers: { "if-match": "*" } }],
  ["POST", "/api/tasks/{id}/restore", { headers: { "if-match": '"other"' } }],
  ["POST", "/api/tasks/{id}/skip", { headers: { "if-match": '"other"' } }],
  ["POST", "/api/tasks/{id}/detach", { headers: { "if-match": '"other"' } }],
  ["GET", "/api/tasks/{id}/occurrences?from=soon", {}],
  ["POST", "/api/tasks/{id}/notes", { json: { text: "" } }],
  ["DELETE", "/api/tasks/{id}/notes/1", {}],
  ["POST", "/api/tasks/{id}", { json: { title: "x" } }],
  ["GET", "/api/tasks/{id}/restore", {}],
  ["GET", "/api/tasks/{id}/subtasks", {}],
];

async function keepsOf(api: Api, user: string) {
  const { tasks } = await api.store.find(user, { where: [] });
  return { tasks, history: await api.store.history(user, {}) };
}

export function describeTwoUsers(openApi: OpenApi): void {
  async function setUp() {
    const api = openApi();
    const mine = await api.add({ id: idOf("kqvzbdfghjkl"), title: "Mine" });
    const theirs = await api.add(
      { id: idOf("zzzxbdfghjkl"), title: "Theirs", tags: ["t"], due_date: "2026-12-01" },
      "ben",
    );
    const theirEtag = (await api.send("GET", `/api/tasks/${theirs.id}`, { as: "ben" })).headers.get("etag") ?? "";
    return { api, mine, theirs, theirEtag, before: await keepsOf(api, "ben") };
  }

  describe.each(ROUTES)("%s %s with %j", (method, path, ask, mineStatus) => {
    test.each([
      ["mine", mineStatus],
      ["theirs", 404],
      ["random", 404],
      ["my handle", mineStatus],
      ["their handle", 404],
      ["a beginning of their handle", 404],
      ["a random handle", 404],
      ["malformed", 400],
    ])("for %s answers %d", async (kind, expected) => {
      const { api, mine, theirs, before } = await setUp();
      const refs: Readonly<Record<string, string>> = {
        mine: mine.id,
        theirs: theirs.id,
        random: RANDOM,
        "my handle": mine.handle,
        "their handle": theirs.handle,
        "a beginning of their handle": theirs.handle.slice(0, 3),
        "a random handle": "wwwwwwwwwwww",
        malformed: "019a9f3c-51c8",
      };
      const { status } = await api.ask(method, path.replace("{id}", refs[kind] ?? ""), ask);
      expect(status).toBe(expected);
      expect(await keepsOf(api, "ben")).toEqual(before);
      if (expected !== mineStatus) expect((await keepsOf(api, "ann")).history).toHaveLength(1);
    });
  });

  /** The same of all of them: a method, a path and what is sent. */
  const REQUESTS = [...ROUTES, ...REFUSED].map(([method, path, ask]) => [method, path, ask] as const);

  describe.each(REQUESTS)("%s %s with %j", (method, path, ask) => {
    test("answers for theirs what it answers for none, byte for byte, and changes nothing of theirs", async () => {
      const { api, theirs, before } = await setUp();
      const send = async (ref: string) => readBytes(await api.send(method, path.replace("{id}", ref), ask));
      expect(await send(theirs.id)).toEqual(await send(RANDOM));
      expect(await send(theirs.handle)).toEqual(await send("wwwwwwwwwwww"));
      expect(await send(theirs.handle.slice(0, 4))).toEqual(await send("wwww"));
      expect(await keepsOf(api, "ben")).toEqual(before);
    });

    test("answers for a deleted one of theirs what it answers for none", async () => {
      const { api, theirs } = await setUp();
      await api.ask("DELETE", `/api/tasks/${theirs.id}`, { as: "ben" });
      const before = await keepsOf(api, "ben");
      const send = async (ref: string) => readBytes(await api.send(method, path.replace("{id}", ref), ask));
      expect(await send(theirs.id)).toEqual(await send(RANDOM));
      expect(await keepsOf(api, "ben")).toEqual(before);
    });
  });

  describe("someone else's task", () => {
    test("is 404 also for who knows its ETag", async () => {
      const { api, theirs, theirEtag, before } = await setUp();
      const path = `/api/tasks/${theirs.id}`;
      const get = await api.ask("GET", path, { headers: { "if-none-match": theirEtag } });
      const replies = [get];
      for (const method of ["PUT", "PATCH", "DELETE"]) {
        const json = method === "DELETE" ? undefined : { title: "x" };
        replies.push(await api.ask(method, path, { json, headers: { "if-match": theirEtag } }));
      }
      expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(await keepsOf(api, "ben")).toEqual(before);
    });

    test.each([
      ["mine", 409],
      ["theirs", 201],
      ["random", 201],
      ["malformed", 400],
    ])("has an id that POST takes as it takes any: %s answers %d", async (kind, expected) => {
      const { api, mine, theirs, before } = await setUp();
      const ids: Readonly<Record<string, string>> = {
        mine: mine.id,
        theirs: theirs.id,
        random: RANDOM,
        malformed: "1",
      };
      const reply = await api.ask("POST", "/api/tasks", { json: { id: ids[kind], title: "New" } });
      expect(reply.status).toBe(expected);
      expect(await keepsOf(api, "ben")).toEqual(before);
      if (expected === 201) expect(reply.body).toMatchObject({ id: ids[kind], title: "New", tags: [], due_date: null });
    });

    test("is not told by what POST says of its id", async () => {
      const { api, theirs } = await setUp();
      const create = async (id: string) => {
        const reply = await readBytes(await api.send("POST", "/api/tasks", { json: { id, title: "New" } }));
        const { handle } = JSON.parse(reply.body);
        const text = JSON.stringify(reply.body).replaceAll(id, "ID").replaceAll(handle, "HANDLE");
        const headers = reply.headers.filter(([name]) => name !== "etag");
        return { status: reply.status, text, headers: JSON.stringify(headers).replaceAll(id, "ID") };
      };
      expect(await create(theirs.id)).toEqual(await create(RANDOM));
    });

    test("is in no list, and its user is not who I am", async () => {
      const { api, mine, before } = await setUp();
      for (const query of ["", "?q=theirs", "?tag=t", "?due_before=2027-01-01", "?sort=updated&order=desc"]) {
        const { body } = await api.ask("GET", `/api/tasks${query}`);
        expect(body).toEqual(query === "" || query.startsWith("?sort") ? [mine] : []);
      }
      expect((await api.ask("GET", "/api/me")).body.id).toBe("ann");
      expect(await keepsOf(api, "ben")).toEqual(before);
    });

    test("stays theirs when both have a task of the same id", async () => {
      const { api, theirs, before } = await setUp();
      await api.add({ id: theirs.id, title: "Mine of the same id" });
      await api.ask("PATCH", `/api/tasks/${theirs.id}`, { json: { title: "Changed" } });
      await api.ask("DELETE", `/api/tasks/${theirs.id}`);
      expect(await keepsOf(api, "ben")).toEqual(before);
      expect((await api.ask("GET", `/api/tasks/${theirs.id}`, { as: "ben" })).body).toEqual(theirs);
    });

    test.each(["Ann", "ann ", "ANN", "ann\u0301", "local", "an", "ann%"])(
      "is not that of a user called %j",
      async (user) => {
        const { api } = await setUp();
        const { status, body } = await api.ask("GET", "/api/tasks", { as: user });
        if (status === 200) expect(body).toEqual([]);
        else expect(status).toBe(401);
      },
    );
  });
}
