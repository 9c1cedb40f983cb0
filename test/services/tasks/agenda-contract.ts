import { describe, expect, test } from "bun:test";
import type { Condition } from "../../../src/domain/query/query.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type AgendaRequest, readAgenda } from "../../../src/services/tasks/agenda.ts";
import type { AgendaLimit } from "../../../src/services/tasks/agenda-limit.ts";
import { createSeriesUser } from "./series/series-user.ts";

const WIDE = { items: 1000, characters: 1_000_000 };

export function describeAgenda(openStore: () => Store): void {
  /** It is Monday, 16 November 2026, 10:00 in Berlin. */
  function setUp() {
    const user = createSeriesUser(openStore());
    const agenda = (asked: Partial<AgendaRequest> = {}, filter: readonly Condition[] = []) =>
      readAgenda(user.workspace, filter, { from: user.workspace.system.today(), days: 7, limit: WIDE, ...asked });
    /** The items of each day that has some: `due Pay rent`. */
    const read = async (...asked: Parameters<typeof agenda>) => {
      const { days } = await agenda(...asked);
      const filled = days.filter(({ items }) => items.length > 0);
      return Object.fromEntries(
        filled.map(({ day, items }) => [day, items.map(({ kind, task }) => `${kind} ${task.title}`)]),
      );
    };
    return { ...user, agenda, read };
  }

  describe("an agenda", () => {
    test("has what is overdue, then what has a time, then all else, by the user's days", async () => {
      const { add, read } = setUp();
      await add("low", { dueDate: "2026-11-16", priority: "low" });
      await add("high", { dueDate: "2026-11-16", priority: "high" });
      await add("evening", { dueDate: "2026-11-16T22:30:00Z" });
      await add("late", { dueDate: "2026-11-16T23:30:00Z" });
      await add("morning", { dueDate: "2026-11-16T08:59:00Z" });
      await add("noon", { scheduledDate: "2026-11-16T11:00:00Z" });
      await add("old", { dueDate: "2026-10-01" });
      await add("sunday", { dueDate: "2026-11-22" });
      await add("next monday", { dueDate: "2026-11-23" });
      await add("some day", {});
      expect(await read()).toEqual({
        "2026-11-16": ["overdue old", "overdue morning", "planned noon", "due evening", "due high", "due low"],
        "2026-11-17": ["due late"],
        "2026-11-22": ["due sunday"],
      });
    });

    test("has every day, also those of which nothing is known", async () => {
      const { agenda } = setUp();
      const { days, overdue, isCut } = await agenda({ days: 3 });
      expect(days.map(({ day, items }) => [day, items.length])).toEqual([
        ["2026-11-16", 0],
        ["2026-11-17", 0],
        ["2026-11-18", 0],
      ]);
      expect([overdue, isCut]).toEqual([0, false]);
    });

    test("says of a task when it is planned, unless it is due on that day, and has old plans today", async () => {
      const { add, read } = setUp();
      await add("report", { scheduledDate: "2026-11-17", dueDate: "2026-11-19" });
      await add("both", { scheduledDate: "2026-11-18", dueDate: "2026-11-18" });
      await add("missed", { scheduledDate: "2026-11-10" });
      await add("overdue", { scheduledDate: "2026-11-10", dueDate: "2026-11-12" });
      expect(await read()).toEqual({
        "2026-11-16": ["overdue overdue", "planned missed"],
        "2026-11-17": ["planned report"],
        "2026-11-18": ["due both"],
        "2026-11-19": ["due report"],
      });
    });

    test("has what is to come of tasks that repeat, but for what was done ahead", async () => {
      const { add, read, complete, skip } = setUp();
      await add("stand-up", { every: "weekday at 9:30", dueDate: "2026-11-16" });
      await add("plants", { every: "2 days", dueDate: "2026-11-16" });
      await add("report", { every: "!2 days", dueDate: "2026-11-16" });
      await complete("plants", { occurrence: "2026-11-18" });
      await skip("stand-up", "2026-11-19T09:30");
      expect(await read({ days: 5 })).toEqual({
        "2026-11-16": ["overdue stand-up", "due plants", "due report"],
        "2026-11-17": ["to_come stand-up"],
        "2026-11-18": ["to_come stand-up"],
        "2026-11-20": ["to_come stand-up", "to_come plants"],
      });
    });

    test("does not say that a day is to come which a late task passes over", async () => {
      const { add, read, setDay } = setUp();
      await add("plants", { every: "day", dueDate: "2026-11-16" });
      await add("VAT", { every: "day keeping missed", dueDate: "2026-11-16" });
      setDay("2026-11-18");
      expect(await read({ days: 2 })).toEqual({
        "2026-11-18": ["overdue plants", "overdue VAT", "to_come VAT"],
        "2026-11-19": ["to_come plants", "to_come VAT"],
      });
    });

    test("puts an occurrence of another zone under the user's day", async () => {
      const { add, read, clock } = setUp();
      clock.zone = "Pacific/Kiritimati";
      await add("call", { every: "week at 6:00", dueDate: "2026-11-18" });
      clock.zone = "Europe/Berlin";
      expect(await read({ days: 9 })).toEqual({ "2026-11-17": ["due call"], "2026-11-24": ["to_come call"] });
      expect(await read({ from: "2026-11-24", days: 1 })).toEqual({ "2026-11-24": ["to_come call"] });
      clock.zone = "Pacific/Pago_Pago";
      await add("back", { every: "week at 20:00", dueDate: "2026-11-18" });
      clock.zone = "Europe/Berlin";
      expect(await read({ from: "2026-11-26", days: 1 })).toEqual({ "2026-11-26": ["to_come back"] });
    });

    test("puts it there also where the dates of both zones are two days apart", async () => {
      const { add, read, clock } = setUp();
      clock.zone = "Pacific/Kiritimati";
      await add("ahead", { every: "day at 0:30", dueDate: "2026-11-18" });
      clock.zone = "Pacific/Pago_Pago";
      await add("behind", { every: "day at 23:30", dueDate: "2026-11-16" });
      const limit = { ...WIDE, items: 1 };
      expect(await read({ from: "2026-11-17", days: 1, limit })).toEqual({ "2026-11-17": ["to_come ahead"] });
      clock.zone = "Pacific/Kiritimati";
      expect(await read({ from: "2026-11-19", days: 1 })).toEqual({
        "2026-11-19": ["to_come ahead", "to_come behind"],
      });
    });

    test("meets a filter, and begins later without what is overdue", async () => {
      const { add, read } = setUp();
      await add("old", { dueDate: "2026-10-01", tags: ["home"] });
      await add("plants", { every: "day", dueDate: "2026-11-16", tags: ["home"] });
      await add("planned", { scheduledDate: "2026-11-18", tags: ["home"] });
      await add("missed", { scheduledDate: "2026-11-12", tags: ["home"] });
      await add("work", { dueDate: "2026-11-18", tags: ["work"] });
      const asked = { from: "2026-11-18", days: 1 };
      expect(await read(asked, [{ kind: "tag", tag: "home" }])).toEqual({
        "2026-11-18": ["planned planned", "to_come plants"],
      });
      expect(await read(asked, [{ kind: "tag", tag: "work" }])).toEqual({ "2026-11-18": ["due work"] });
    });

    test("ends with the day on which it is full", async () => {
      const { add, agenda } = setUp();
      const count = async (limit: Partial<AgendaLimit>) => {
        const { days, isCut } = await agenda({ limit: { ...WIDE, ...limit } });
        return [days.map(({ items }) => items.length), isCut];
      };
      await add("plants", { every: "day", dueDate: "2026-11-16" });
      await add("bins", { every: "day", dueDate: "2026-11-16" });
      await add("tea", { dueDate: "2026-11-16" });
      expect(await count({ items: 6 })).toEqual([[3, 2, 1], true]);
      expect(await count({ items: 2 })).toEqual([[2], true]);
      expect(await count({ items: 15 })).toEqual([[3, 2, 2, 2, 2, 2, 2], false]);
    });

    test("is full earlier with long tasks, but always has one", async () => {
      const { add, agenda } = setUp();
      const description = "x".repeat(10_000);
      const count = async (characters: number) => {
        const { days, isCut } = await agenda({ limit: { ...WIDE, characters } });
        return [days.map(({ items }) => items.length), isCut];
      };
      await add("due", { dueDate: "2026-11-16", description });
      await add("planned", { scheduledDate: "2026-11-17", description });
      await add("repeating", { every: "day", dueDate: "2026-11-16", description });
      expect(await count(1)).toEqual([[1], true]);
      expect(await count(40_000)).toEqual([[2, 1], true]);
      expect(await count(1_000_000)).toEqual([[2, 2, 1, 1, 1, 1, 1], false]);
    });

    test("has the oldest of what is overdue, and how many there are", async () => {
      const { add, agenda } = setUp();
      for (let day = 1; day <= 21; day += 1)
        await add(`${day}`, { dueDate: `2026-10-${String(day).padStart(2, "0")}` });
      const { days, overdue } = await agenda();
      expect([days[0]?.items.map(({ task }) => task.title).join(" "), overdue]).toEqual([
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        21,
      ]);
    });
  });
}
