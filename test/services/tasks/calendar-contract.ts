import { describe, expect, test } from "bun:test";
import type { Condition } from "../../../src/domain/query/query.ts";
import type { Store } from "../../../src/ports/store.ts";
import { readCalendar } from "../../../src/services/tasks/calendar.ts";
import { createSeriesUser } from "./series/series-user.ts";

export function describeCalendar(openStore: () => Store): void {
  /** It is Monday, 16 November 2026, 10:00 in Berlin. */
  async function setUp() {
    const user = createSeriesUser(openStore());
    const { add, complete, workspace } = user;
    await add("ancient", { dueDate: "2026-09-30" });
    await add("old", { dueDate: "2026-11-02", scheduledDate: "2026-11-01", tags: ["home"] });
    await add("morning", { dueDate: "2026-11-16T08:00:00Z" });
    await add("evening", { dueDate: "2026-11-16T22:30:00Z", tags: ["home"] });
    await add("late", { dueDate: "2026-11-30T23:30:00Z" });
    await add("plants", { every: "week", dueDate: "2026-11-16" });
    await add("last", { dueDate: "2026-12-31", scheduledDate: "2026-12-31" });
    await add("new year", { dueDate: "2027-01-01" });
    await complete("plants", { occurrence: "2026-11-30" });
    const read = async (month: string, months: number, filter: readonly Condition[] = []) => {
      const { days, overdueBefore } = await readCalendar(workspace, filter, { month, months });
      const filled = days.filter(({ counts }) => Object.values(counts).some((count) => count > 0));
      const marks = filled.map(({ day, counts }) => [day, Object.values(counts).join(" ")]);
      return { days: days.length, marks: Object.fromEntries(marks), overdueBefore };
    };
    return { read };
  }

  describe("a calendar", () => {
    test("counts what is overdue, due, planned and to come on each of the user's days", async () => {
      const { read } = await setUp();
      expect(await read("2026-11-01", 2)).toEqual({
        days: 61,
        marks: {
          "2026-11-01": "0 0 1 0",
          "2026-11-02": "1 0 0 0",
          "2026-11-16": "1 2 0 0",
          "2026-11-23": "0 0 0 1",
          "2026-12-01": "0 1 0 0",
          "2026-12-07": "0 0 0 1",
          "2026-12-14": "0 0 0 1",
          "2026-12-21": "0 0 0 1",
          "2026-12-28": "0 0 0 1",
          "2026-12-31": "0 1 0 0",
        },
        overdueBefore: 1,
      });
    });

    test("of a month that is over has what is overdue, and of a later one what is to come", async () => {
      const { read } = await setUp();
      expect(await read("2026-09-01", 1)).toEqual({ days: 30, marks: { "2026-09-30": "1 0 0 0" }, overdueBefore: 0 });
      const { days, marks, overdueBefore } = await read("2027-02-01", 1);
      expect([days, Object.keys(marks), overdueBefore]).toEqual([
        28,
        ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22"],
        3,
      ]);
    });

    test("meets a filter", async () => {
      const { read } = await setUp();
      expect((await read("2026-11-01", 1, [{ kind: "tag", tag: "home" }])).marks).toEqual({
        "2026-11-01": "0 0 1 0",
        "2026-11-02": "1 0 0 0",
        "2026-11-16": "0 1 0 0",
      });
    });
  });
}
