import { describe, expect, test } from "bun:test";
import { createMatcher } from "../../../src/domain/query/match.ts";
import type { Condition } from "../../../src/domain/query/query.ts";
import { compareBytes } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { countCodePoints } from "../../../src/domain/task/text.ts";
import type { Store } from "../../../src/ports/store.ts";
import { readFilter } from "../../../src/services/tasks/read-filter.ts";
import { createRandom } from "../../support/random.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { drawFilter } from "../../support/tasks/conditions.ts";
import { listDesignFilters } from "../../support/tasks/design-filters.ts";
import { makePopulation } from "../../support/tasks/population.ts";
import type { NewUser } from "../store-contract.ts";

const DRAWN_FILTERS = 300;
/** Tasks that are merged together. */
const BATCH = 1000;
const PAGE = 50;

/** What people and programs can ask, of tasks that only broken devices could make. */
export function describeFilters(newUser: NewUser): void {
  describe("any filter", () => {
    test("finds the same in the database as its predicate: all, their number, and those of the first page", async () => {
      const { store, user } = newUser();
      const findIds = async (where: readonly Condition[]) => (await store.find(user, { where })).tasks.map(idOf);
      await compareFilters({ store, user, findIds }, 500);
    });
  });
}

/** A store to compare, with a way to find the ids of all tasks that meet conditions, in their order. */
type Compared = {
  readonly store: Store;
  readonly user: string;
  readonly findIds: (where: readonly Condition[]) => Promise<readonly string[]>;
};

/** Fills the store with so many tasks and asks everything of both. */
export async function compareFilters({ store, user, findIds }: Compared, size: number): Promise<void> {
  const random = createRandom(size);
  const population = makePopulation(random, size);
  for (let at = 0; at < size; at += BATCH) await store.merge(user, population.slice(at, at + BATCH));
  const { tasks } = await store.find(user, { where: [] });
  expect(tasks).toHaveLength(size);
  const pool = new Map(tasks.map((task) => [task.id, task]));
  const inOrder = tasks.toSorted((one, other) => compareBytes(dueKey(one), dueKey(other)));
  const filters = [
    ...(await readDesignFilters(store, user, tasks)),
    ...Array.from({ length: DRAWN_FILTERS }, () => drawFilter(random, size)),
  ];
  let telling = 0;
  for (const where of filters) {
    const found = inOrder.filter(createMatcher(pool, where)).map(idOf);
    expect([where, await findIds(where)]).toEqual([where, found.toSorted()]);
    expect([where, await store.count(user, where)]).toEqual([where, found.length]);
    const { tasks: first } = await store.find(user, { where, sort: "due_date", limit: PAGE });
    expect([where, first.map(idOf)]).toEqual([where, found.slice(0, PAGE)]);
    if (found.length > 0 && found.length < size) telling += 1;
  }
  // Filters that find nothing, or everything, would say little.
  expect(telling).toBeGreaterThan(filters.length / 2);
}

/** On a day that is in the middle of the dates of the tasks. */
function readDesignFilters(store: Store, user: string, tasks: readonly Task[]): Promise<Condition[][]> {
  const system = { ...SYSTEM, now: () => Date.UTC(2026, 9, 10, 6), today: () => "2026-10-10" };
  const [one, other] = tasks.filter((task) => task.dependsOn.length > 0 && task.deletedAt === null);
  const filters = listDesignFilters(one?.handle ?? "", other?.handle ?? "");
  return Promise.all(
    filters.map((filter) =>
      readFilter({ terms: [filter].filter(Boolean) }, system, () => Promise.resolve({ store, user, system })),
    ),
  );
}

function idOf({ id }: Task): string {
  return id;
}

/** What the databases order by: a day comes behind the moments in it, and no date last. */
function dueKey({ dueDate }: Task): string {
  if (dueDate === null) return "~";
  return countCodePoints(dueDate) === 10 ? `${dueDate}T~` : dueDate;
}
