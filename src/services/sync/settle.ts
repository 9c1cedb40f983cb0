import { settleSeries } from "../../domain/recurrence/settle.ts";
import { readValue, type Registers } from "../../domain/task/registers.ts";
import type { Replica } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { nextTurn } from "../next-turn.ts";

/** Where the series of one user are read. */
export type SeriesReader = Pick<Replica, "findSeries" | "findRecords">;

/** How long one look at the series may take, by a clock in milliseconds. */
export type SettleLimit = { readonly clock: () => number; readonly maxMs: number };

const NO_LIMIT: SettleLimit = { clock: () => 0, maxMs: 0 };

/** A series that can't be settled in time stays as it is. */
const OUT_OF_TIME = new Error("it takes too long to settle a series");

/**
 * Settles series after a merge and answers what that changes. Most are settled already, which the records of the present
 * occurrences tell. Only for the others all records are read: they say which occurrence is the next one. What is
 * beyond the limit is left as it is.
 */
export async function settleAll(
  { findSeries, findRecords }: SeriesReader,
  limit: SettleLimit = NO_LIMIT,
): Promise<RemoteTask[]> {
  const found = await findSeries();
  const unsettled = await settleEach(found.filter(repeats), found, limit);
  if (unsettled.size === 0) return [];
  const series = found.filter(({ id }) => unsettled.has(id));
  const records = await findRecords([...unsettled.keys()]);
  const settled = await settleEach(series, [...found, ...records], limit);
  return [...settled.values()].flatMap((changes) => [...changes].map(([id, registers]) => ({ id, registers })));
}

/** Whether the task repeats. */
export function repeats({ registers }: RemoteTask): boolean {
  return typeof readValue(registers["recurrence"]) === "string";
}

/**
 * What changes for each series that is not settled. Each has a turn of the event loop, because one whose rule never occurs again
 * takes many milliseconds. Of a task that is known twice the first counts, which is whole.
 */
async function settleEach(series: readonly RemoteTask[], tasks: readonly RemoteTask[], { clock, maxMs }: SettleLimit) {
  const end = clock() + maxMs;
  const known = new Map<string, Registers>(tasks.toReversed().map(({ id, registers }) => [id, registers]));
  const parts = Map.groupBy(tasks, ({ registers }) => readValue(registers["parent"]));
  const get = (id: string) => {
    if (clock() > end) throw OUT_OF_TIME;
    return known.get(id);
  };
  const unsettled = new Map<string, ReadonlyMap<string, Registers>>();
  for (const [at, { id }] of series.entries()) {
    if (at > 0) await nextTurn();
    const partIds = (parts.get(id) ?? []).map((part) => part.id);
    const changes = settleWithin(() => settleSeries(get, id, partIds));
    if (changes.size > 0) unsettled.set(id, changes);
  }
  return unsettled;
}

function settleWithin(settle: () => ReadonlyMap<string, Registers>): ReadonlyMap<string, Registers> {
  try {
    return settle();
  } catch (error) {
    if (error === OUT_OF_TIME) return new Map();
    throw error;
  }
}
