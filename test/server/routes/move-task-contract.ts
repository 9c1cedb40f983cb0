import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";
import { newId } from "../../support/stores/test-user.ts";

export function describeMoveTask(openApi: OpenApi): void {
  /** A house with a van and a kitchen below it, and a garden. */
  async function setUp() {
    const api = openApi();
    const house = await api.add({ title: "house", project: "House" });
    const van = await api.add({ title: "van", parent: house.id });
    const kitchen = await api.add({ title: "kitchen", parent: house.id });
    const garden = await api.add({ title: "garden" });
    const move = (id: string, json: unknown, headers: Readonly<Record<string, string>> = {}) =>
      api.ask("POST", `/api/tasks/${id}/move`, { json, headers });
    const read = async (id: string, query = "") => (await api.ask("GET", `/api/tasks/${id}${query}`)).body;
    return { api, house, van, kitchen, garden, move, read };
  }

  describe("POST /api/tasks/{id}/move", () => {
    test("puts a task before a sibling, under its parent, and can be repeated", async () => {
      const { house, van, garden, move, read } = await setUp();
      const moved = await move(garden.id, { before: van.id });
      expect(moved.status).toBe(200);
      expect(moved.body).toMatchObject({ title: "garden", parent: house.id, rank: expect.any(String) });
      expect((await move(garden.id, { before: van.id })).body).toEqual(moved.body);
      expect(await read(garden.id)).toEqual(moved.body);
    });

    test("puts it first and last among its siblings, under a parent, and at the root", async () => {
      const { van, kitchen, garden, move, read } = await setUp();
      await move(kitchen.id, { first: true });
      const ranks = async () => [(await read(kitchen.id)).rank, (await read(van.id)).rank];
      expect(await ranks()).toEqual([expect.any(String), null]);
      await move(van.id, { first: true });
      const [first, second] = await ranks();
      expect(String(second) < String(first)).toBe(true);
      expect((await move(garden.id, { parent: van.id })).body).toMatchObject({ parent: van.id, rank: null });
      expect((await move(garden.id, { parent: null, last: true })).body).toMatchObject({ parent: null });
      expect((await move(kitchen.id, { after: van.id })).status).toBe(200);
    });

    test("names the member for which an edit makes no sense among other tasks", async () => {
      const { api, house, van, garden, move } = await setUp();
      const rent = await api.add({ title: "rent", recurrence: { every: "month" }, due_date: "2026-12-01" });
      const pathOf = ({ status, body }: Awaited<ReturnType<typeof move>>) => [status, body.errors?.[0]?.path];
      const edit = (id: string, json: unknown) => api.ask("PATCH", `/api/tasks/${id}`, { json });
      expect(pathOf(await edit(garden.id, { parent: garden.id }))).toEqual([400, "parent"]);
      expect(pathOf(await edit(house.id, { parent: van.id }))).toEqual([400, "parent"]);
      expect(pathOf(await edit(garden.id, { depends_on: [garden.id] }))).toEqual([400, "depends_on"]);
      expect(pathOf(await edit(garden.id, { depends_on: [rent.id] }))).toEqual([400, "depends_on"]);
      expect(pathOf(await move(garden.id, { before: garden.id }))).toEqual([400, "before"]);
      expect(pathOf(await move(garden.id, { parent: null, after: van.id }))).toEqual([400, "after"]);
      await edit(garden.id, { parent: rent.id });
      expect(pathOf(await edit(garden.id, { recurrence: { every: "week" } }))).toEqual([400, "recurrence"]);
      await edit(van.id, { depends_on: [garden.id], completed: true });
      expect(pathOf(await edit(van.id, { started: true }))).toEqual([400, "started"]);
      expect(pathOf(await edit(van.id, { completed: false, cancelled: true }))).toEqual([400, "cancelled"]);
    });

    test("refuses with 400 what makes no sense, says what is wrong, and changes nothing", async () => {
      const { house, van, garden, move, read } = await setUp();
      const refused = async (id: string, json: unknown) => {
        const { status, body } = await move(id, json);
        return [status, body.detail, body.errors];
      };
      expect(await refused(house.id, { parent: van.id })).toEqual([
        400,
        '"house" can\'t be below "van", which is below it',
        [{ path: "parent", message: "this task is below the one that is to be moved" }],
      ]);
      expect(await refused(van.id, { parent: newId() })).toEqual([
        400,
        "the parent is not one of your tasks",
        [{ path: "parent", message: "there is no such task" }],
      ]);
      expect(await refused(van.id, { parent: house.id, before: garden.id })).toEqual([
        400,
        "a task is placed beside one that has the same parent",
        [{ path: "before", message: "it has another parent" }],
      ]);
      expect(await refused(van.id, { after: newId() })).toEqual([
        400,
        "a task can only be placed beside one of your tasks",
        [{ path: "after", message: "there is no such task" }],
      ]);
      for (const json of [{}, { first: true, last: true }, { first: false }, { before: "kqv" }, { under: van.id }]) {
        expect((await move(van.id, json)).status).toBe(400);
      }
      expect(await read(van.id)).toEqual(van);
      expect(await read(house.id)).toEqual(house);
    });

    test("moves only what If-Match says, and answers 404 for what is not there", async () => {
      const { house, garden, move, read } = await setUp();
      expect((await move(garden.id, { parent: house.id }, { "if-match": '"other"' })).status).toBe(412);
      expect(await read(garden.id)).toEqual(garden);
      expect((await move(newId(), { parent: null })).status).toBe(404);
    });
  });

  describe("the parent of a task", () => {
    test("is set when it is made, which takes its project, and by an edit", async () => {
      const { api, house, van, garden, read } = await setUp();
      expect(van).toMatchObject({ parent: house.id, project: "House" });
      await api.ask("PATCH", `/api/tasks/${garden.id}`, { json: { parent: house.id } });
      expect(await read(garden.id)).toMatchObject({ parent: house.id, project: null });
      const ring = await api.ask("PUT", `/api/tasks/${house.id}`, { json: { title: "new", parent: van.id } });
      expect([ring.status, ring.body.detail]).toEqual([400, '"house" can\'t be below "van", which is below it']);
      const deep = await api.ask("POST", "/api/tasks", { json: { title: "x", parent: newId() } });
      expect([deep.status, deep.body.errors]).toEqual([400, [{ path: "parent", message: "there is no such task" }]]);
      expect(await read(house.id)).toEqual(house);
    });

    test("is no reason to refuse a repeated request, whatever became of the parent since", async () => {
      const { api, house } = await setUp();
      const json = { id: newId(), title: "bath", parent: house.id };
      const post = () => api.ask("POST", "/api/tasks", { json });
      const made = await post();
      expect(made.status).toBe(201);
      await api.ask("PATCH", `/api/tasks/${house.id}`, { json: { project: "Work" } });
      const again = await post();
      expect([again.status, again.body]).toMatchObject([200, { id: json.id, project: "Work" }]);
      await api.ask("DELETE", `/api/tasks/${house.id}`);
      expect((await post()).status).toBe(200);
      const other = await api.ask("POST", "/api/tasks", { json: { ...json, title: "other" } });
      expect(other.status).toBe(409);
    });

    test("takes along into its new project those below that were in the old one", async () => {
      const { api, house, van, read } = await setUp();
      const { body } = await api.ask("PATCH", `/api/tasks/${house.id}`, { json: { project: "Work" } });
      expect(body).toMatchObject({ title: "house", project: "Work" });
      expect(await read(van.id)).toMatchObject({ project: "Work" });
    });
  });

  describe("what depends on other tasks", () => {
    test("is refused with 400 for oneself, for what is not there and for a fifty-first", async () => {
      const { api, van, read } = await setUp();
      const edit = (depends_on: readonly string[]) =>
        api.ask("PATCH", `/api/tasks/${van.id}`, { json: { depends_on } });
      expect((await edit([van.id])).body.detail).toBe('"van" can\'t wait for itself');
      const absent = newId();
      expect((await edit([absent])).body.errors).toEqual([
        { path: "depends_on", message: `there is no such task: ${absent}` },
      ]);
      expect((await edit(Array.from({ length: 51 }, newId))).status).toBe(400);
      expect(await read(van.id)).toEqual(van);
    });

    test("is told only where it is asked for, and the entity tag knows nothing of it", async () => {
      const { api, house, van, kitchen, read } = await setUp();
      await api.ask("PATCH", `/api/tasks/${kitchen.id}`, { json: { depends_on: [van.id] } });
      const plain = await api.ask("GET", `/api/tasks/${kitchen.id}`);
      const asked = await api.ask("GET", `/api/tasks/${kitchen.id}?include=blocked`);
      expect(asked.body).toEqual({ ...plain.body, blocked: true, blocked_by: [van.id], blocks: [] });
      expect(asked.headers.get("etag")).toBe(plain.headers.get("etag"));
      expect(await read(house.id, "?include=subtasks")).toEqual({ ...house, subtasks: { completed: 0, total: 2 } });
      await api.ask("PATCH", `/api/tasks/${van.id}/complete`, { json: { completed: true } });
      const etag = plain.headers.get("etag") ?? "";
      const again = await api.ask("GET", `/api/tasks/${kitchen.id}?include=blocked`, {
        headers: { "if-none-match": etag },
      });
      expect([again.status, again.body.blocked]).toEqual([200, false]);
      expect((await api.ask("GET", `/api/tasks/${kitchen.id}?include=other`)).status).toBe(400);
    });

    test("may be sent back with the task, and says nothing then", async () => {
      const { api, house } = await setUp();
      const { body } = await api.ask("GET", `/api/tasks/${house.id}?include=subtasks,blocked`);
      const json = { ...body, title: "home", subtasks: { completed: 2, total: 2 } };
      const { status, body: saved } = await api.ask("PUT", `/api/tasks/${house.id}`, { json });
      expect([status, saved]).toEqual([200, { ...house, title: "home" }]);
    });

    test("is told of each task of a list, on every page", async () => {
      const { api, van, kitchen } = await setUp();
      await api.ask("PATCH", `/api/tasks/${kitchen.id}`, { json: { depends_on: [van.id] } });
      const first = await api.ask("GET", "/api/tasks?include=subtasks,blocked&limit=3");
      expect(first.body).toMatchObject([
        { title: "house", subtasks: { completed: 0, total: 2 }, blocked: false },
        { title: "van", blocks: [kitchen.id] },
        { title: "kitchen", blocked: true },
      ]);
      const next = /<(.*)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
      expect((await api.ask("GET", next)).body).toMatchObject([{ title: "garden", subtasks: { total: 0 } }]);
    });
  });

  describe("what is below a task", () => {
    test("is completed with it where that is asked for, and kept otherwise", async () => {
      const { api, house, van, read } = await setUp();
      const complete = (json: unknown) => api.ask("PATCH", `/api/tasks/${house.id}/complete`, { json });
      await complete({ completed: true });
      expect(await read(van.id)).toMatchObject({ completed: false });
      await complete({ completed: false });
      expect((await complete({ completed: true, subtasks: "complete" })).body).toMatchObject({ title: "house" });
      expect(await read(van.id)).toMatchObject({ completed: true });
      expect((await complete({ completed: true, subtasks: "delete" })).status).toBe(400);
    });

    test("is deleted with it where that is asked for, and kept otherwise", async () => {
      const { api, house, van } = await setUp();
      await api.ask("DELETE", `/api/tasks/${house.id}`);
      expect((await api.ask("GET", `/api/tasks/${van.id}`)).status).toBe(200);
      await api.ask("POST", `/api/tasks/${house.id}/restore`);
      expect((await api.ask("DELETE", `/api/tasks/${house.id}?subtasks=delete`)).status).toBe(204);
      expect((await api.ask("GET", `/api/tasks/${van.id}`)).status).toBe(404);
    });
  });
}
