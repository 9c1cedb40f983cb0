import { describe, expect, test } from "bun:test";
import { createMatcher } from "../../../src/domain/query/match.ts";
import type { TaskQuery } from "../../../src/domain/query/query.ts";
import { compareBytes } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { countCodePoints } from "../../../src/domain/task/text.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createRandom } from "../../support/random.ts";
import { drawFilter } from "../../support/tasks/conditions.ts";
import { makePopulation } from "../../support/tasks/population.ts";
import type { NewUser } from "../store-contract.ts";

const FILTERS = 300;
/** Tasks that are merged together. */
const BATCH = 1000;
const PAGE = 50;

/** What people and programs can ask, of tasks that only broken devices could make. */
export function describeFilters(newUser: NewUser): void {
  describe("any filter", () => {
    test("finds the same in the database as its predicate, all and page by page", async () => {
      const { store, user } = newUser();
      await compareFilters(store, user, 500);
    });
  });
}

/** Fills the store with so many tasks and asks everything of both. */
export async function compareFilters(store: Store, user: string, size: number): Promise<void> {
  const random = createRandom(size);
  const population = makePopulation(random, size);
  for (let at = 0; at < size; at += BATCH) await store.merge(user, population.slice(at, at + BATCH));
  const { tasks } = await store.find(user, { where: [] });
  expect(tasks).toHaveLength(size);
  const pool = new Map(tasks.map((task) => [task.id, task]));
  const inOrder = tasks.toSorted((one, other) => compareBytes(dueKey(one), dueKey(other)));
  let found = 0;
  for (let at = 0; at < FILTERS; at += 1) {
    const where = drawFilter(random, size);
    const matches = createMatcher(pool, where);
    const expected = tasks.filter(matches).map(idOf);
    expect([where, await findIds(store, user, { where })]).toEqual([where, expected]);
    expect([where, await store.count(user, where)]).toEqual([where, expected.length]);
    const first = inOrder.filter(matches).slice(0, PAGE).map(idOf);
    expect([where, await findIds(store, user, { where, sort: "due_date", limit: PAGE })]).toEqual([where, first]);
    if (expected.length > 0 && expected.length < size) found += 1;
  }
  // Filters that find nothing, or everything, would say little.
  expect(found).toBeGreaterThan(FILTERS / 2);
}

async function findIds(store: Store, user: string, query: TaskQuery): Promise<string[]> {
  return (await store.find(user, query)).tasks.map(idOf);
}

function idOf({ id }: Task): string {
  return id;
}

/** What the databases order by: a day comes behind the moments in it, and no date last. */
function dueKey({ dueDate }: Task): string {
  if (dueDate === null) return "~";
  return countCodePoints(dueDate) === 10 ? `${dueDate}T~` : dueDate;
}
