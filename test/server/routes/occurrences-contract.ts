import { describe, expect, test } from "bun:test";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import type { OpenApi } from "../../support/server/api.ts";

/** The clock is at 20 November. Rent is due on the 16th of each month, and the last time it was. */
export function describeOccurrences(openApi: OpenApi): void {
  async function setUp(every = "16th") {
    const api = openApi();
    const { id } = await api.add({ title: "Pay rent", due_date: "2026-11-16", recurrence: { every } });
    const path = `/api/tasks/${id}`;
    const complete = (json?: unknown, headers: Readonly<Record<string, string>> = {}) =>
      api.ask("PATCH", `${path}/complete`, { json, headers });
    const post = (action: "skip" | "detach", json?: unknown) => api.ask("POST", `${path}/${action}`, { json });
    const read = async () => (await api.ask("GET", path)).body;
    const list = async (query = "") => {
      const { body } = await api.ask("GET", `${path}/occurrences${query}`);
      return body.map(({ occurrence, state }: Record<string, string>) => `${occurrence} ${state}`);
    };
    const record = async (occurrence: string) =>
      (await api.ask("GET", `/api/tasks/${recordIdOf(id, occurrence)}`)).body;
    return { api, id, path, complete, post, read, list, record };
  }

  describe("completing a task that repeats", () => {
    test.each([
      ["without a body", undefined],
      ["with completed", { completed: true }],
      ["with the occurrence named", { completed: true, occurrence: "2026-11-16" }],
    ])("%s completes the current occurrence, and names it", async (_, json) => {
      const { complete, read, record, id } = await setUp();
      const { status, body, headers } = await complete(json);
      expect([status, headers.get("todo-occurrence")]).toEqual([200, "2026-11-16"]);
      expect(body).toMatchObject({ id, completed: false, due_date: "2026-12-16", occurrence: "2026-12-16" });
      expect(await read()).toEqual(body);
      expect(await record("2026-11-16")).toMatchObject({
        title: "Pay rent",
        completed: true,
        series: id,
        occurrence: "2026-11-16",
        recurrence: null,
      });
    });

    test("can be repeated with the occurrence, and changes nothing then", async () => {
      const { complete } = await setUp();
      const json = { completed: true, occurrence: "2026-11-16" };
      const first = await complete(json);
      const again = await complete(json);
      expect([again.status, again.body, again.headers.get("todo-occurrence")]).toEqual([200, first.body, "2026-11-16"]);
    });

    test("needs the occurrence more than one period ahead", async () => {
      const { complete, read } = await setUp();
      await complete();
      await complete();
      const before = await read();
      const { status, body } = await complete();
      expect([status, body.errors]).toEqual([
        400,
        [{ path: "occurrence", message: "to complete the one of 2027-01-16, name it" }],
      ]);
      expect(await read()).toEqual(before);
      expect((await complete({ completed: true, occurrence: "2027-01-16" })).body.due_date).toBe("2027-02-16");
    });

    test.each(["PUT", "PATCH"])("by %s with completed goes the same way", async (method) => {
      const { api, path, record } = await setUp();
      const { body } = await api.ask("GET", path);
      const json = method === "PUT" ? { ...body, completed: true } : { completed: true };
      const changed = await api.ask(method, path, { json });
      expect([changed.status, changed.headers.get("todo-occurrence")]).toEqual([200, "2026-11-16"]);
      expect(changed.body).toMatchObject({ completed: false, due_date: "2026-12-16" });
      expect((await record("2026-11-16")).completed).toBe(true);
    });

    test("cancels one occurrence with cancelled", async () => {
      const { complete, record } = await setUp();
      expect((await complete({ cancelled: true })).body).toMatchObject({ completed: false, due_date: "2026-12-16" });
      expect(await record("2026-11-16")).toMatchObject({ completed: true, cancelled: true });
    });

    test("obeys If-Match", async () => {
      const { complete, read } = await setUp();
      const before = await read();
      expect((await complete({ completed: true }, { "if-match": '"old"' })).status).toBe(412);
      expect(await read()).toEqual(before);
    });

    test.each([
      ["an occurrence that there is not", { completed: true, occurrence: "2026-11-17" }, "occurrence"],
      ["an occurrence that is no day", { completed: true, occurrence: "soon" }, "occurrence"],
      ["an occurrence to reopen", { completed: false, occurrence: "2026-11-16" }, "occurrence"],
      ["an occurrence as a number", { completed: true, occurrence: 16 }, "occurrence"],
    ])("refuses %s and changes nothing", async (_, json, path) => {
      const { complete, read } = await setUp();
      const before = await read();
      const { status, body } = await complete(json);
      expect([status, body.errors[0].path]).toEqual([400, path]);
      expect(await read()).toEqual(before);
    });
  });

  test("an occurrence that was counted from a completion can be named again, too", async () => {
    const { complete, post } = await setUp("!month");
    const json = { completed: true, occurrence: "2026-11-16" };
    const first = await complete(json);
    expect([first.status, first.body.occurrence]).toEqual([200, "2026-12-20"]);
    expect((await complete(json)).body).toEqual(first.body);
    const [skipped, again] = [
      await post("skip", { occurrence: "2026-12-20" }),
      await post("skip", { occurrence: "2026-12-20" }),
    ];
    expect([again.status, again.body]).toEqual([200, skipped.body]);
  });

  test("the last occurrence can be named again when it has ended the series", async () => {
    const { api } = await setUp();
    const recurrence = { rule: "FREQ=DAILY;COUNT=1" };
    const { id } = await api.add({ title: "Water plants", due_date: "2026-11-20", recurrence });
    const json = { cancelled: true, occurrence: "2026-11-20" };
    const cancel = () => api.ask("PATCH", `/api/tasks/${id}/complete`, { json });
    const first = await cancel();
    expect(first.body).toMatchObject({ completed: true, cancelled: false });
    const again = await cancel();
    expect([again.status, again.body, again.headers.get("todo-occurrence")]).toEqual([200, first.body, "2026-11-20"]);
    const skipped = await api.ask("POST", `/api/tasks/${id}/skip`, { json: { occurrence: "2026-11-20" } });
    expect([skipped.status, skipped.body]).toEqual([200, first.body]);
    expect((await api.ask("POST", `/api/tasks/${id}/skip`)).status).toBe(400);
  });

  test("an edit that begins the repetition and completes the task completes the first occurrence", async () => {
    const { api } = await setUp();
    const { id } = await api.add({ title: "Water plants", due_date: "2026-11-16" });
    const changed = await api.ask("PATCH", `/api/tasks/${id}`, {
      json: { recurrence: { every: "mon" }, completed: true },
    });
    expect([changed.status, changed.headers.get("todo-occurrence")]).toEqual([200, "2026-11-16"]);
    expect(changed.body).toMatchObject({ completed: false, due_date: "2026-11-23", occurrence: "2026-11-23" });
  });

  test.each([
    ["what is cancelled and open", { cancelled: true, completed: false }, "cancelled"],
    ["no due date", { due_date: null }, "due_date"],
  ])("a task that repeats refuses %s in an edit, names the member, and changes nothing", async (_, json, path) => {
    const { api, path: address, read } = await setUp();
    const before = await read();
    const { status, body } = await api.ask("PATCH", address, { json });
    expect([status, body.errors[0].path]).toEqual([400, path]);
    expect(await read()).toEqual(before);
  });

  describe("POST /api/tasks/{id}/skip", () => {
    test("passes over the current occurrence, or the one that is named, which can be repeated", async () => {
      const { post, record } = await setUp();
      const { status, body, headers } = await post("skip");
      expect([status, headers.get("todo-occurrence"), body.due_date]).toEqual([200, "2026-11-16", "2026-12-16"]);
      expect(await record("2026-11-16")).toMatchObject({ completed: true, skipped: true });
      for (let times = 0; times < 2; times += 1) {
        const named = await post("skip", { occurrence: "2027-01-16" });
        expect([named.status, named.headers.get("todo-occurrence")]).toEqual([200, "2027-01-16"]);
        expect(named.body.due_date).toBe("2026-12-16");
      }
    });
  });

  describe("POST /api/tasks/{id}/detach", () => {
    test("answers the occurrence as a task of its own, which can be repeated if it is named", async () => {
      const { id, post, read } = await setUp();
      const { status, body, headers } = await post("detach", { occurrence: "2026-11-16" });
      expect([status, headers.get("location")]).toEqual([201, `/api/tasks/${recordIdOf(id, "2026-11-16")}`]);
      expect(body).toMatchObject({ series: id, completed: false, recurrence: null, due_date: "2026-11-16" });
      expect((await read()).due_date).toBe("2026-12-16");
      const again = await post("detach", { occurrence: "2026-11-16" });
      expect([again.status, again.body]).toEqual([200, body]);
    });
  });

  test.each(["skip", "detach"] as const)(
    "%s refuses what does not repeat, and an occurrence that is none",
    async (action) => {
      const { api, post, read } = await setUp();
      const before = await read();
      const milk = await api.add({ title: "Milk" });
      const refused = await api.ask("POST", `/api/tasks/${milk.id}/${action}`);
      expect([refused.status, refused.body.errors[0].message]).toEqual([400, "the task does not repeat"]);
      const wrong = await post(action, { occurrence: "2026-11-17" });
      expect([wrong.status, wrong.body.errors]).toEqual([
        400,
        [{ path: "occurrence", message: "it is none of the task's. The next ones are 2026-12-16 and 2027-01-16." }],
      ]);
      expect(await read()).toEqual(before);
    },
  );

  describe("GET /api/tasks/{id}/occurrences", () => {
    test("answers what was, what is and what is to come, in that order", async () => {
      const { complete, post, list, path, api } = await setUp();
      await complete();
      await post("skip", { occurrence: "2027-02-16" });
      await post("detach", { occurrence: "2027-03-16" });
      expect(await list("?to=2027-04-30")).toEqual([
        "2026-11-16 done",
        "2026-12-16 current",
        "2027-01-16 to_come",
        "2027-02-16 skipped",
        "2027-03-16 detached",
        "2027-04-16 to_come",
      ]);
      expect(await list("?from=2027-01-01&to=2027-01-31")).toEqual(["2027-01-16 to_come"]);
      expect(await list()).toHaveLength(13);
      const { body } = await api.ask("GET", `${path}/occurrences?to=2026-11-30`);
      expect(body).toEqual([
        { occurrence: "2026-11-16", due_date: "2026-11-16", state: "done", record: expect.any(String) },
      ]);
    });

    test("knows nothing beyond the current one if the rest is counted from completion", async () => {
      const { list } = await setUp("!month");
      expect(await list()).toEqual(["2026-11-16 current"]);
    });

    test("answers none of a task that never repeated, and at most a thousand", async () => {
      const { api } = await setUp();
      const milk = await api.add({ title: "Milk" });
      expect((await api.ask("GET", `/api/tasks/${milk.id}/occurrences`)).body).toEqual([]);
      const sweep = await api.add({ title: "Sweep", recurrence: { every: "day" } });
      const { body } = await api.ask("GET", `/api/tasks/${sweep.id}/occurrences?to=2099-12-31`);
      expect(body).toHaveLength(1000);
    });

    test.each(["?from=soon", "?to=2026-02-30", "?from=2026-11-16T09:00", "?until=2026-12-01"])(
      "refuses %s",
      async (query) => {
        const { api, path } = await setUp();
        expect((await api.ask("GET", `${path}/occurrences${query}`)).status).toBe(400);
      },
    );
  });
}
