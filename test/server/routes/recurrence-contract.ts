import { describe, expect, test } from "bun:test";
import type { OpenApi } from "../../support/server/api.ts";

const MONDAYS = { rule: "FREQ=WEEKLY;BYDAY=MO", from: "due", start: "2026-11-23", time_zone: null };

/** What each member of a new task says, and what the task has then. */
const MADE: readonly (readonly [name: string, given: object, recurrence: object, due: string, occurrence: string])[] = [
  ["a rule", { recurrence: { rule: "FREQ=WEEKLY;BYDAY=MO" } }, MONDAYS, "2026-11-23", "2026-11-23"],
  ["words", { recurrence: { every: "mon" } }, MONDAYS, "2026-11-23", "2026-11-23"],
  [
    "words and a due date",
    { recurrence: { every: "mon" }, due_date: "2026-12-01" },
    { ...MONDAYS, start: "2026-12-07" },
    "2026-12-07",
    "2026-12-07",
  ],
  [
    "a time in a zone",
    { recurrence: { every: "day at 8:00", time_zone: "America/New_York" }, due_date: "2026-11-23" },
    { rule: "FREQ=DAILY", from: "due", start: "2026-11-23T08:00", time_zone: "America/New_York" },
    "2026-11-23T13:00:00Z",
    "2026-11-23T08:00",
  ],
  [
    "a time in no zone, which is one of UTC",
    { recurrence: { rule: "FREQ=DAILY", from: "each" }, due_date: "2026-11-23T08:00:00Z" },
    { rule: "FREQ=DAILY", from: "each", start: "2026-11-23T08:00", time_zone: "UTC" },
    "2026-11-23T08:00:00Z",
    "2026-11-23T08:00",
  ],
  [
    "a start and a day of completion",
    { recurrence: { rule: "FREQ=DAILY;INTERVAL=10", from: "completion", start: "2026-12-01" } },
    { rule: "FREQ=DAILY;INTERVAL=10", from: "completion", start: "2026-12-01", time_zone: null },
    "2026-12-01",
    "2026-12-01",
  ],
];

const REFUSED: readonly (readonly [name: string, recurrence: unknown, path: string])[] = [
  ["a rule out of the subset", { rule: "FREQ=HOURLY" }, "recurrence"],
  ["words that are not understood", { every: "hour" }, "recurrence"],
  ["a mode that there is not", { rule: "FREQ=DAILY", from: "often" }, "recurrence"],
  ["a zone that there is not", { every: "day at 8:00", time_zone: "Mars/Base" }, "recurrence"],
  ["a rule that never occurs", { rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", start: "2026-11-23" }, "recurrence"],
  ["both a rule and words", { rule: "FREQ=DAILY", every: "day" }, "recurrence"],
  ["neither", {}, "recurrence"],
  ["words and a start", { every: "day", start: "2026-11-23" }, "recurrence"],
  ["a text", "FREQ=DAILY", "recurrence"],
  ["a member that there is not", { rule: "FREQ=DAILY", until: "2026-12-01" }, "recurrence.until"],
];

/** How tasks that repeat are made and changed over HTTP. The clock is at 20 November. */
export function describeRecurrence(openApi: OpenApi): void {
  describe("a task that repeats", () => {
    test.each(MADE)("is made by %s", async (_, given, recurrence, due, occurrence) => {
      const api = openApi();
      const { status, body } = await api.ask("POST", "/api/tasks", { json: { title: "Pay rent", ...given } });
      expect(status).toBe(201);
      expect(body).toMatchObject({ recurrence, due_date: due, occurrence, completed: false });
      expect(body.recurrence.text).toStartWith("every ");
    });

    test.each(REFUSED)("is not made by %s", async (_, recurrence, path) => {
      const api = openApi();
      const { status, body } = await api.ask("POST", "/api/tasks", { json: { title: "Pay rent", recurrence } });
      expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
      expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
    });

    test("can be made twice with an id of one's own", async () => {
      const api = openApi();
      const json = { id: Bun.randomUUIDv7(), title: "Pay rent", recurrence: { every: "mon" } };
      const made = await api.ask("POST", "/api/tasks", { json });
      // The next Monday is another one by then.
      api.clock.now += 7 * 24 * 3_600_000;
      const again = await api.ask("POST", "/api/tasks", { json });
      expect([made.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(made.body);
    });

    test.each(["due 2026-11-23 FREQ=WEEKLY;BYDAY=MO", "due 2026-11-23 FREQ=HOURLY", "often 2026-11-23 FREQ=DAILY"])(
      "by %j can be sent back whole, which changes nothing",
      async (recurrence) => {
        const api = openApi();
        const { id } = await api.add({ title: "Pay rent" });
        const fields = { recurrence, occurrence: "2026-11-23", due_date: "2026-11-25" };
        await api.store.commit("ann", { action: "edit", now: api.clock.now, edits: [{ id, fields }] });
        const read = await api.ask("GET", `/api/tasks/${id}`);
        api.clock.now += 1000;
        const put = await api.ask("PUT", `/api/tasks/${id}`, { json: read.body });
        expect([put.status, put.body]).toEqual([200, read.body]);
      },
    );

    test("gets another rule, and repeats no more with null", async () => {
      const api = openApi();
      const { id } = await api.add({ title: "Pay rent", recurrence: { every: "mon" } });
      const change = (json: object) => api.ask("PATCH", `/api/tasks/${id}`, { json });
      const { body } = await change({ recurrence: { rule: "FREQ=WEEKLY;BYDAY=TH" } });
      expect(body).toMatchObject({
        due_date: "2026-11-26",
        occurrence: "2026-11-26",
        recurrence: { start: "2026-11-26" },
      });
      const ended = await change({ recurrence: null });
      expect(ended.body).toMatchObject({ due_date: "2026-11-26", occurrence: null, recurrence: null });
    });

    test("can be put off, and can't lose its due date", async () => {
      const api = openApi();
      const { id } = await api.add({ title: "Pay rent", recurrence: { every: "mon" } });
      const put = await api.ask("PATCH", `/api/tasks/${id}`, { json: { due_date: "2026-11-25" } });
      expect(put.body).toMatchObject({ due_date: "2026-11-25", occurrence: "2026-11-23" });
      const refused = await api.ask("PATCH", `/api/tasks/${id}`, { json: { due_date: null } });
      expect([refused.status, refused.body.errors]).toEqual([
        400,
        [{ path: "due_date", message: "a task that repeats needs one" }],
      ]);
    });
  });
}
