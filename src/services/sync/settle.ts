import { settleSeries } from "../../domain/recurrence/settle.ts";
import { readValue, type Registers } from "../../domain/task/registers.ts";
import type { Replica } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";

/** Where the series of one user are read. */
export type SeriesReader = Pick<Replica, "findSeries" | "findRecords">;

/**
 * Settles series after a merge and answers what that changes. Most are settled already, which the records of the present
 * occurrences tell. Only for the others all records are read: they say which occurrence is the next one.
 */
export async function settleAll({ findSeries, findRecords }: SeriesReader): Promise<RemoteTask[]> {
  const found = await findSeries();
  const unsettled = settleEach(found.filter(repeats), found);
  if (unsettled.size === 0) return [];
  const series = found.filter(({ id }) => unsettled.has(id));
  const records = await findRecords([...unsettled.keys()]);
  const settled = settleEach(series, [...found, ...records]);
  return [...settled.values()].flatMap((changes) => [...changes].map(([id, registers]) => ({ id, registers })));
}

/** Whether the task repeats. */
export function repeats({ registers }: RemoteTask): boolean {
  return typeof readValue(registers["recurrence"]) === "string";
}

/** What changes for each series that is not settled. Of a task that is known twice the first counts, which is whole. */
function settleEach(series: readonly RemoteTask[], tasks: readonly RemoteTask[]) {
  const known = new Map<string, Registers>(tasks.toReversed().map(({ id, registers }) => [id, registers]));
  const parts = Map.groupBy(tasks, ({ registers }) => readValue(registers["parent"]));
  const settle = ({ id }: RemoteTask) => {
    const partIds = (parts.get(id) ?? []).map((part) => part.id);
    return [id, settleSeries((each) => known.get(each), id, partIds)] as const;
  };
  return new Map(series.map(settle).filter(([, changes]) => changes.size > 0));
}
