import { describe, expect, test } from "bun:test";
import type { TaskQuery } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { titleKey } from "../../../src/domain/task/text.ts";
import { compareByRank } from "../../../src/domain/tree/order.ts";
import { shareTestUser, titleOf } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

/** In the order in which they are made, so also in that of `updated`. */
const TASKS: readonly Fields[] = [
  {
    title: "d",
    due_date: "2026-11-21",
    priority: "low",
    created_at: "2026-11-03T00:00:00.000Z",
    completed_at: "2026-11-21T08:00:00.000Z",
  },
  {
    title: "B",
    created_at: "2026-11-01T00:00:00.000Z",
    completed_at: "2026-11-20T08:00:00.000Z",
    scheduled_date: "2026-11-21T09:00:00Z",
  },
  {
    title: "a",
    due_date: "2026-11-20T23:00:00Z",
    priority: "high",
    created_at: "2026-11-04T00:00:00.000Z",
    rank: "a1",
  },
  {
    title: "E",
    due_date: "2026-11-21T15:00:00Z",
    priority: "medium",
    created_at: "2026-11-02T00:00:00.000Z",
    rank: "Zz",
    scheduled_date: "2026-11-21",
  },
  { title: "C", due_date: "2026-11-19", created_at: "2026-11-05T00:00:00.000Z" },
];

/** Tasks of the same key follow by id, which is the order of making. */
const CASES: readonly (readonly [sort: NonNullable<TaskQuery["sort"]>, forwards: string, backwards: string])[] = [
  ["due_date", "C a E d B", "d E a C B"],
  ["created", "B E d a C", "C a d E B"],
  ["title", "a B C d E", "E d C B a"],
  ["priority", "a E d B C", "d E a C B"],
  ["updated", "d B a E C", "C E a B d"],
  ["completed", "B d a E C", "d B C E a"],
  ["rank", "E a d B C", "a E C B d"],
  ["scheduled", "B E d a C", "E B C a d"],
  ["next", "a E C B d", "d B C E a"],
];

/** As people order them. Those of one key stand together. */
const TITLES = [
  [
    "",
    "!",
    "0",
    "2",
    "02",
    "2 eggs",
    "10",
    "10 eggs",
    "1234567890123456789",
    "12345678901234567890",
    "0999999999999999",
  ],
  ["A", "ä", "å", "a", "a2", "ä10", "a10b2", "A10b10", "aa", "ae", "Æ", "az", "Zürich 9", "zurich 10"],
  ["ω", "Ωmega", "яблоко", "日本2", "日本10", "🦊"],
].flat();

const RANKS = ["a0", "Zz", "a1", "", "a b", "é", "-", "0", "z".repeat(500), "z".repeat(501), null, 7];

export function describeSorts(newUser: NewUser): void {
  describe("the order of tasks", () => {
    const filledDesk = shareTestUser(newUser, TASKS);

    test.each(CASES)("by %s is %s and in reverse %s", async (sort, forwards, backwards) => {
      const testUser = await filledDesk();
      expect((await testUser.find([], { sort })).map(titleOf).join(" ")).toBe(forwards);
      expect((await testUser.find([], { sort, reverse: true })).map(titleOf).join(" ")).toBe(backwards);
    });

    test("without a sort is that of making", async () => {
      const testUser = await filledDesk();
      expect((await testUser.find([])).map(titleOf).join(" ")).toBe("d B a E C");
      expect((await testUser.find([], { reverse: true })).map(titleOf).join(" ")).toBe("C E a B d");
    });

    test("by due date has those without one last in both directions", async () => {
      const testUser = await filledDesk();
      for (const reverse of [false, true]) {
        const tasks = await testUser.find([], { sort: "due_date", reverse });
        expect(tasks.map(({ dueDate }) => dueDate === null)).toEqual([false, false, false, false, true]);
      }
    });

    test("by title has 2 before 10 and ä beside a", async () => {
      const testUser = newUser();
      await testUser.add(...TITLES.toReversed().map((title) => ({ title })));
      const found = await testUser.find([], { sort: "title" });
      expect(found.map(({ title }) => titleKey(title))).toEqual(TITLES.map(titleKey));
      const reversed = await testUser.find([], { sort: "title", reverse: true });
      expect(reversed.map(titleOf)).toEqual(found.toReversed().map(titleOf));
    });

    test("by rank is that of siblings, and has those without one last in both directions", async () => {
      const testUser = newUser();
      const made = await testUser.add(...RANKS.map((rank) => ({ title: String(rank), rank })));
      const found = await testUser.find([], { sort: "rank" });
      expect(found.map(titleOf)).toEqual(made.toSorted(compareByRank).map(titleOf));
      const reversed = await testUser.find([], { sort: "rank", reverse: true });
      const ranked = found.filter(({ rank }) => rank !== null);
      expect(reversed.slice(0, ranked.length).map(titleOf)).toEqual(ranked.toReversed().map(titleOf));
    });

    test("by update moves a task to the end when it is edited", async () => {
      const testUser = newUser();
      const [first] = await testUser.add({ title: "first" }, { title: "second" });
      await testUser.commit([{ id: first.id, fields: { description: "more" } }]);
      expect((await testUser.find([], { sort: "updated" })).map(titleOf)).toEqual(["second", "first"]);
    });
  });
}
