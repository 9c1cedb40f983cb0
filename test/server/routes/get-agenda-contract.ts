import { describe, expect, test } from "bun:test";
import type { WireAgenda } from "../../../src/contract/agenda.ts";
import type { OpenApi } from "../../support/server/api.ts";

/** The clock is at 20 November, 9:00 in UTC. */
export function describeGetAgenda(openApi: OpenApi): void {
  async function setUp() {
    const api = openApi();
    await api.add({ title: "late", due_date: "2026-11-16", tags: ["home"] });
    await api.add({ title: "call", due_date: "2026-11-20T23:30:00Z" });
    await api.add({ title: "report", due_date: "2026-11-25", scheduled_date: "2026-11-22" });
    await api.add({ title: "plants", due_date: "2026-11-21", recurrence: { every: "2 days" }, tags: ["home"] });
    await api.add({ title: "hidden", due_date: "2026-11-21", wait_until: "2026-11-21" });
    const ask = (query = "", as = "ann") => api.ask("GET", `/api/agenda${query}`, { as });
    /** The items of the days that have some: `call due 23:30`. */
    const read = async (query: string, as?: string) => {
      const { status, body } = await ask(query, as);
      expect(status).toBe(200);
      const { days }: WireAgenda = body;
      const filled = days.filter(({ items }) => items.length > 0);
      const describeItems = (items: WireAgenda["days"][number]["items"]) =>
        items.map(({ kind, at, task }) => [task.title, kind, at].filter((part) => part !== null).join(" "));
      return Object.fromEntries(filled.map(({ day, items }) => [day, describeItems(items)]));
    };
    return { api, ask, read };
  }

  describe("GET /api/agenda", () => {
    test("has seven days, and under each what is overdue, due, planned and to come", async () => {
      const { read } = await setUp();
      expect(await read("")).toEqual({
        "2026-11-20": ["late overdue", "call due 23:30"],
        "2026-11-21": ["plants due"],
        "2026-11-22": ["report planned"],
        "2026-11-23": ["plants to_come"],
        "2026-11-25": ["report due", "plants to_come"],
      });
    });

    test("answers each day, and of an item what puts it there and its task as it is", async () => {
      const { ask, api } = await setUp();
      const { body } = await ask("?days=4");
      expect(body.days.map(({ day }: { day: string }) => day)).toEqual([
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
        "2026-11-23",
      ]);
      expect([body.overdue, body.more]).toEqual([1, false]);
      const [item] = body.days[3].items;
      const { body: task } = await api.ask("GET", `/api/tasks/${item.task.id}`);
      expect(item).toEqual({ kind: "to_come", at: null, date: "2026-11-23", occurrence: "2026-11-23", task });
    });

    test("begins later, in the zone of the request, and meets a filter", async () => {
      const { read } = await setUp();
      expect(await read("?from=2026-11-21&days=1&tz=Asia/Tokyo")).toEqual({
        "2026-11-21": ["call due 08:30", "plants due"],
      });
      expect(await read("?from=2026-11-21&days=1")).toEqual({ "2026-11-21": ["plants due"] });
      expect(await read(`?days=2&filter=${encodeURIComponent("+home or is:waiting")}`)).toEqual({
        "2026-11-20": ["late overdue"],
        "2026-11-21": ["plants due", "hidden due"],
      });
    });

    test("has nothing of other users", async () => {
      const { read } = await setUp();
      expect(await read("", "bob")).toEqual({});
    });

    test("ends at the end of the calendar", async () => {
      const { ask } = await setUp();
      const { body } = await ask("?from=9999-12-30&days=90");
      expect(body.days.map(({ day }: { day: string }) => day)).toEqual(["9999-12-30", "9999-12-31"]);
    });

    test("ends with the day on which it is full, also with long tasks", async () => {
      const { api, ask } = await setUp();
      const description = "x".repeat(10_000);
      for (let count = 0; count < 3; count += 1) {
        await api.add({ title: "x", description, due_date: "2026-11-20", recurrence: { every: "day" } });
      }
      const { body } = await ask("?days=90");
      expect(body.more).toBe(true);
      expect(body.days.length).toBeGreaterThan(50);
      expect(body.days.length).toBeLessThan(70);
      expect(JSON.stringify(body).length).toBeLessThan(2_200_000);
    });

    test.each([
      ["?days=0", "days"],
      ["?days=91", "days"],
      ["?days=x", "days"],
      ["?from=2026-11-19", "from"],
      ["?from=2026-02-30", "from"],
      ["?from=2026-11-20T09:00:00Z", "from"],
      ["?filter=due%3Cfridy", "filter"],
      ["?filter=status:completed", "filter"],
      ["?filter=under:kqv", "filter"],
      ["?tz=Mars/Olympus", "tz"],
      ["?until=2026-11-21", "until"],
    ])("%s is refused, and names what is wrong", async (query, path) => {
      const { ask } = await setUp();
      const { status, body } = await ask(query);
      expect([status, body.errors[0].path]).toEqual([400, path]);
    });
  });
}
