import { describe, expect, test } from "bun:test";
import type { Sort } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { shareDesk, titleOf } from "../../support/cli/desk.ts";
import type { SitDown } from "../store-contract.ts";

/** In the order in which they are made, so also in that of `updated`. */
const TASKS: readonly Fields[] = [
  { title: "d", due_date: "2026-11-21", priority: "low", created_at: "2026-11-03T00:00:00.000Z" },
  { title: "B", created_at: "2026-11-01T00:00:00.000Z" },
  { title: "a", due_date: "2026-11-20T23:00:00Z", priority: "high", created_at: "2026-11-04T00:00:00.000Z" },
  { title: "E", due_date: "2026-11-21T15:00:00Z", priority: "medium", created_at: "2026-11-02T00:00:00.000Z" },
  { title: "C", due_date: "2026-11-19", created_at: "2026-11-05T00:00:00.000Z" },
];

/** Tasks of the same key follow by id, which is the order of making. */
const CASES: readonly (readonly [sort: Sort, forwards: string, backwards: string])[] = [
  ["due_date", "C a E d B", "d E a C B"],
  ["created", "B E d a C", "C a d E B"],
  ["title", "a B C d E", "E d C B a"],
  ["priority", "a E d B C", "d E a C B"],
  ["updated", "d B a E C", "C E a B d"],
];

export function describeSorts(sitDown: SitDown): void {
  describe("the order of tasks", () => {
    const filledDesk = shareDesk(sitDown, TASKS);

    test.each(CASES)("by %s is %s and in reverse %s", async (sort, forwards, backwards) => {
      const desk = await filledDesk();
      expect((await desk.find([], { sort })).map(titleOf).join(" ")).toBe(forwards);
      expect((await desk.find([], { sort, reverse: true })).map(titleOf).join(" ")).toBe(backwards);
    });

    test("without a sort is that of making", async () => {
      const desk = await filledDesk();
      expect((await desk.find([])).map(titleOf).join(" ")).toBe("d B a E C");
      expect((await desk.find([], { reverse: true })).map(titleOf).join(" ")).toBe("C E a B d");
    });

    test("by due date has those without one last in both directions", async () => {
      const desk = await filledDesk();
      for (const reverse of [false, true]) {
        const tasks = await desk.find([], { sort: "due_date", reverse });
        expect(tasks.map(({ dueDate }) => dueDate === null)).toEqual([false, false, false, false, true]);
      }
    });

    test("by update moves a task to the end when it is edited", async () => {
      const desk = sitDown();
      const [first] = await desk.add({ title: "first" }, { title: "second" });
      await desk.commit([{ id: first.id, fields: { description: "more" } }]);
      expect((await desk.find([], { sort: "updated" })).map(titleOf)).toEqual(["second", "first"]);
    });
  });
}
