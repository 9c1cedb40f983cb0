import { describe, expect, test } from "bun:test";
import { parseRecords } from "../../../src/services/tasks/records.ts";
import { importRecords } from "../../../src/services/tasks/import-tasks.ts";
import { toWire, type WireTask } from "../../../src/contract/task.ts";
import { type AccountApi, type Bearer, type OpenAccountApi } from "../../support/server/account-api.ts";

const PATH = "/api/me/export";

async function fill(api: AccountApi, as: Bearer): Promise<WireTask[]> {
  const drafts = [
    { title: 'Ærø, "Ålborg" \\ 🦊', description: "two\nlines\u2028and\u0001more", tags: ["Å", "aa", "__proto__"] },
    { title: "Nothing more" },
    { title: "Done", due_date: "2026-12-01T10:00:00Z", priority: "high", project: "Hørve" },
    { title: "Gone" },
  ];
  const made: WireTask[] = [];
  for (const json of drafts) made.push((await api.ask("POST", "/api/tasks", { as, json })).body);
  const [, , done, gone] = made.map(({ id }) => id);
  await api.ask("PATCH", `/api/tasks/${done}/complete`, { as });
  await api.ask("DELETE", `/api/tasks/${gone}`, { as });
  return made;
}

async function tasksOf({ store }: AccountApi, user: string): Promise<WireTask[]> {
  return (await store.find(user, { where: [] })).tasks.map(toWire);
}

/** A slower store takes a share of the tasks. */
export function describeExportTasks(openApi: OpenAccountApi, share = 1): void {
  describe("GET /api/me/export", () => {
    test("answers all tasks, deleted ones too, the oldest first, one a line", async () => {
      const api = await openApi();
      const mine = await api.register();
      const made = await fill(api, mine);
      const { status, headers, body } = await api.ask("GET", PATH, { as: mine });
      expect(status).toBe(200);
      expect(headers.get("content-disposition")).toBe('attachment; filename="todo-tasks.json"');
      expect(body).toEqual(await tasksOf(api, mine.user.id));
      expect(body.map(({ id }: WireTask) => id)).toEqual(made.map(({ id }) => id));
      expect(body[3].deleted_at).toBeString();
      const headersOf = { authorization: `Bearer ${mine.access_token}` };
      const text = await (await api.send("GET", PATH, { as: null, headers: headersOf })).text();
      expect(text.split("\n")).toHaveLength(made.length + 3);
      expect(JSON.parse(text)).toEqual(body);
    });

    test("answers what an import makes the same tasks of", async () => {
      const api = await openApi();
      const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
      await fill(api, ada);
      const headers = { authorization: `Bearer ${ada.access_token}` };
      const response = await api.send("GET", PATH, { as: null, headers });
      const system = { now: () => api.clock.now, newId: () => "", today: () => "", timeZone: () => "UTC" };
      const workspace = { store: api.store, user: ben.user.id, system };
      const records = parseRecords(await response.bytes());
      expect(await importRecords(workspace, records)).toEqual({ added: 4, changed: 0, unchanged: 0 });
      expect(await tasksOf(api, ben.user.id)).toEqual(await tasksOf(api, ada.user.id));
    });

    test("answers what is no task's at the end, without what was removed, and an import takes it", async () => {
      const api = await openApi();
      const mine = await api.register();
      const { store } = api;
      await store.editProfile(mine.user.id, { "filter:errands": "+home", "filter:old": "x" }, api.clock.now);
      await store.editProfile(mine.user.id, { "filter:old": null }, api.clock.now);
      const profile = { profile: { "filter:errands": "+home" } };
      expect((await api.ask("GET", PATH, { as: mine })).body).toEqual([profile]);
      const made = await fill(api, mine);
      const { body } = await api.ask("GET", PATH, { as: mine });
      expect([body.length, body.at(-1)]).toEqual([made.length + 1, profile]);
      for (const text of [JSON.stringify(body), body.map((each: unknown) => JSON.stringify(each)).join("\n")]) {
        const records = parseRecords(new TextEncoder().encode(text));
        expect(records.slice(0, -1).every((record) => "record" in record)).toBe(true);
        expect(records.at(-1)).toMatchObject(profile);
      }
    });

    test("answers an empty list where there is nothing, and nobody else's tasks", async () => {
      const api = await openApi();
      const [ada, ben] = [await api.register(), await api.register({ email: "ben@example.com" })];
      await fill(api, ben);
      const { status, body } = await api.ask("GET", PATH, { as: ada });
      expect([status, body]).toEqual([200, []]);
    });

    test("is for programs that may read, and for users of another issuer", async () => {
      const api = await openApi();
      const mine = await api.register();
      await fill(api, mine);
      const foreign = await api.foreignTokenOf("ben");
      await api.ask("POST", "/api/tasks", { as: foreign, json: { title: "Ben's" } });
      const program = await api.makeToken(mine, { scopes: ["tasks:read"] });
      expect((await api.ask("GET", PATH, { as: program })).body).toHaveLength(4);
      expect((await api.ask("GET", PATH, { as: foreign })).body).toMatchObject([{ title: "Ben's" }]);
    });

    test("answers HEAD without a body, and refuses a parameter", async () => {
      const api = await openApi();
      const mine = await api.register();
      await fill(api, mine);
      expect((await api.ask("HEAD", PATH, { as: mine })).status).toBe(200);
      expect((await api.ask("GET", `${PATH}?deleted=false`, { as: mine })).status).toBe(400);
    });

    test("answers 20,000 tasks, or the share of them", async () => {
      const api = await openApi();
      const mine = await api.register();
      const edits = Array.from({ length: 20_000 * share }, (_, at) => ({
        id: Bun.randomUUIDv7(),
        fields: { title: `Task ${at}`, created_at: "2026-11-20T09:00:00.000Z" },
      }));
      await api.store.commit(mine.user.id, { action: "import", now: api.clock.now, edits, returning: false });
      const headers = { authorization: `Bearer ${mine.access_token}` };
      const response = await api.send("GET", PATH, { as: null, headers });
      const tasks: WireTask[] = JSON.parse(await response.text());
      expect(tasks.map(({ id }) => id)).toEqual(edits.map(({ id }) => id).toSorted());
    });
  });
}
