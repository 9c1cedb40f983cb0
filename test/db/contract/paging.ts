import { describe, expect, test } from "bun:test";
import { type Position, type Sort, SORTS, type TaskQuery } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { type TestUser, newId } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const COUNT = 40;
const PAGE = 7;

/** Few values for each field, so that pages end in the middle of equal keys. */
const TASKS: readonly Fields[] = Array.from({ length: COUNT }, (_, number) => ({
  title: ["b", "B", "c", "Ä"][number % 4] ?? null,
  due_date: ["2026-11-21", null, "2026-11-21T15:00:00Z"][number % 3] ?? null,
  priority: ["high", null, "low", "medium"][number % 4] ?? null,
  created_at: `2026-11-0${1 + (number % 5)}T00:00:00.000Z`,
}));

const ORDERS: readonly (readonly [sort: Sort | undefined, reverse: boolean])[] = [undefined, ...SORTS].flatMap(
  (sort) => [[sort, false] as const, [sort, true] as const],
);

/** A task that stands before all others in an order, by its key and by its id. */
async function insertAhead(testUser: TestUser, reverse: boolean): Promise<void> {
  const [, ...rest] = newId().split("-");
  const id = [reverse ? "ffffffff" : "00000000", ...rest].join("-");
  const first = { title: "!", due_date: "0001-01-01", priority: "high", created_at: "0001-01-01T00:00:00.000Z" };
  const last = { title: "ü", due_date: "9999-12-31", priority: "low", created_at: "9999-12-31T00:00:00.000Z" };
  await testUser.commit([{ id, fields: { ...(reverse ? last : first), "tag:inserted": true } }]);
}

/** Every task of every page, with `between` after each page. */
async function walk(testUser: TestUser, query: TaskQuery, between: () => Promise<void>): Promise<Task[]> {
  const seen: Task[] = [];
  let after: Position | undefined;
  do {
    const page = await testUser.store.find(testUser.user, { ...query, ...(after && { after }) });
    expect(page.tasks.length).toBeLessThanOrEqual(PAGE);
    seen.push(...page.tasks);
    after = page.next;
    await between();
  } while (after && seen.length < 10 * COUNT);
  return seen;
}

export function describePaging(newUser: NewUser): void {
  describe("paging", () => {
    test.each(ORDERS)(
      "by %p, in reverse: %p, shows each task once in order while others come in before",
      async (sort, reverse) => {
        const testUser = newUser();
        await testUser.add(...TASKS);
        const query = { where: [], reverse, ...(sort && { sort }) };
        const expected = (await testUser.find([], query)).map(({ id }) => id);
        const walked = await walk(testUser, { ...query, limit: PAGE }, () => insertAhead(testUser, reverse));
        // By time of update, what comes in is the newest, and that is the end of this order.
        const comesLast = sort === "updated" && !reverse;
        const old = walked.filter(({ tags }) => !tags.includes("inserted"));
        expect(old.map(({ id }) => id)).toEqual(expected);
        expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length);
        if (!comesLast) expect(walked).toHaveLength(COUNT);
      },
    );

    test("has no next page behind the last task, also when that fills its page", async () => {
      const testUser = newUser();
      await testUser.add({ title: "a" }, { title: "b" });
      expect(await testUser.store.find(testUser.user, { where: [], limit: 2 })).not.toHaveProperty("next");
      expect(await testUser.store.find(testUser.user, { where: [], limit: 3 })).not.toHaveProperty("next");
      expect(await testUser.store.find(testUser.user, { where: [] })).not.toHaveProperty("next");
      expect(await testUser.store.find(testUser.user, { where: [], limit: 1 })).toHaveProperty("next");
    });

    test("keeps to the conditions on every page", async () => {
      const testUser = newUser();
      await testUser.add(...TASKS);
      const where = [{ kind: "priority", priority: "high" }] as const;
      const walked = await walk(testUser, { where, sort: "due_date", limit: 3 }, async () => {});
      expect(walked).toHaveLength(await testUser.store.count(testUser.user, where));
      expect(new Set(walked.map(({ priority }) => priority))).toEqual(new Set(["high"]));
    });

    test("goes on where it was when the task at the position is gone", async () => {
      const testUser = newUser();
      await testUser.add({ title: "a" }, { title: "b" }, { title: "c" });
      const pending = [{ kind: "status", status: "pending" }] as const;
      const first = await testUser.store.find(testUser.user, { where: pending, sort: "title", limit: 2 });
      const edits = first.tasks.map(({ id }) => ({ id, fields: { deleted_at: "2026-11-20T09:00:00.000Z" } }));
      await testUser.commit(edits);
      const rest = await testUser.find(pending, { sort: "title", ...(first.next && { after: first.next }) });
      expect(rest.map(({ title }) => title)).toEqual(["c"]);
    });
  });
}
