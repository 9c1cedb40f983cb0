import { settleSeries } from "../../domain/recurrence/settle.ts";
import { readValue, type Registers } from "../../domain/task/registers.ts";
import type { Replica } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";

/** Where the series of one user are read. */
export type SeriesReader = Pick<Replica, "findSeries" | "findRecords">;

/** A series that takes more looks than there are left is not settled. */
const TOO_MANY_LOOKS = new Error("it takes too many looks to settle a series");

/**
 * Settles series after a merge and answers what that changes. Most are settled already, which the records of the present
 * occurrences tell. Only for the others all records are read: they say which occurrence is the next one. After `maxLooks` at tasks
 * the rest is left as it is.
 */
export async function settleAll(
  { findSeries, findRecords }: SeriesReader,
  maxLooks = Number.POSITIVE_INFINITY,
): Promise<RemoteTask[]> {
  const found = await findSeries();
  const budget = { looks: maxLooks };
  const unsettled = settleEach(found.filter(repeats), found, budget);
  if (unsettled.size === 0) return [];
  const series = found.filter(({ id }) => unsettled.has(id));
  const records = await findRecords([...unsettled.keys()]);
  const settled = settleEach(series, [...found, ...records], budget);
  return [...settled.values()].flatMap((changes) => [...changes].map(([id, registers]) => ({ id, registers })));
}

/** Whether the task repeats. */
export function repeats({ registers }: RemoteTask): boolean {
  return typeof readValue(registers["recurrence"]) === "string";
}

/** What changes for each series that is not settled. Of a task that is known twice the first counts, which is whole. */
function settleEach(series: readonly RemoteTask[], tasks: readonly RemoteTask[], budget: { looks: number }) {
  const known = new Map<string, Registers>(tasks.toReversed().map(({ id, registers }) => [id, registers]));
  const parts = Map.groupBy(tasks, ({ registers }) => readValue(registers["parent"]));
  const get = (id: string) => {
    budget.looks -= 1;
    if (budget.looks < 0) throw TOO_MANY_LOOKS;
    return known.get(id);
  };
  const settle = ({ id }: RemoteTask) => {
    const partIds = (parts.get(id) ?? []).map((part) => part.id);
    return [id, settleWithin(() => settleSeries(get, id, partIds))] as const;
  };
  return new Map(series.map(settle).filter(([, changes]) => changes.size > 0));
}

function settleWithin(settle: () => ReadonlyMap<string, Registers>): ReadonlyMap<string, Registers> {
  try {
    return settle();
  } catch (error) {
    if (error === TOO_MANY_LOOKS) return new Map();
    throw error;
  }
}
