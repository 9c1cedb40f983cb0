import { type SQL, sql } from "drizzle-orm";
import type { Condition, TaskQuery } from "../../domain/query/query.ts";
import type { Engine, Read } from "../engine.ts";
import { MAX_READ_TASKS } from "../scans.ts";
import { type IndexRange, isRangeOfIndex, listRanges } from "./index-ranges.ts";

/** Where the tasks of a query are read, what its statement says beside its conditions, and how it is run. */
export type ReadPlan = { readonly source: SQL; readonly rows: SQL; readonly read: Read };

/** So many tasks are read and sorted in the time in which a list in order finds those of a rare condition. */
const MAX_SORTED_TASKS = 2000;

/** What a write asks for before it knows what to do. */
const ASKED_BY_WRITES: ReadonlySet<Condition["kind"]> = new Set(["child_of", "record_of", "root", "waits_for"]);

/**
 * How the tasks of a query are looked for. SQLite keeps no statistics here, so by itself it may go through all tasks of the user, to
 * save a sort. What a server reads elsewhere is decided here, too.
 */
export async function planRead(engine: Engine, user: string, query: TaskQuery): Promise<ReadPlan> {
  if (isRangeOfIndex(query)) return { source: sql`tasks`, rows: sql`true`, read: engine.read };
  const found = await pickRange(engine, user, listRanges(engine.dialect, query));
  return {
    source: found ? compileSource(engine, found) : sql`tasks`,
    rows: found?.missing ? found.rows : sql`true`,
    read: found && found.count <= MAX_READ_TASKS ? engine.read : chooseScan(engine, query),
  };
}

/** How rows of an index are read that nobody searches for. Only where one reads for all it matters whether they are few. */
export async function chooseRead(engine: Engine, user: string, range: IndexRange): Promise<Read> {
  if (engine.dialect.tasksBy === null) return engine.scanLarge;
  const found = await pickRange(engine, user, [range]);
  return found && found.count <= MAX_READ_TASKS ? engine.read : engine.scanLarge;
}

/** The table of tasks, read by an index where the database does not choose it itself. */
export function compileSource({ dialect }: Engine, { index }: Pick<IndexRange, "index">): SQL {
  return dialect.tasksBy === null ? sql`tasks` : dialect.tasksBy(index);
}

/** A search of a user who has too many of them is refused, what a write needs is not. */
function chooseScan(engine: Engine, { where, isSearch }: TaskQuery): Read {
  return !isSearch && where.some(({ kind }) => ASKED_BY_WRITES.has(kind)) ? engine.scanLarge : engine.scan;
}

type CountedRange = IndexRange & { readonly count: number };

/** The range with the fewest rows, or undefined if it is better to go through all open tasks. */
async function pickRange(
  engine: Engine,
  user: string,
  ranges: readonly IndexRange[],
): Promise<CountedRange | undefined> {
  const counted: CountedRange[] = [];
  for (const range of ranges) {
    const count = await countRows(engine, user, range);
    if (count <= MAX_SORTED_TASKS || range.isNarrow) counted.push({ ...range, count });
  }
  return counted.toSorted((one, other) => one.count - other.count)[0];
}

/** How many rows of the index there are, as far as that matters. Infinite if they lack some. */
async function countRows(engine: Engine, user: string, range: IndexRange): Promise<number> {
  const { rows, missing, isNarrow, count } = range;
  if (count !== undefined) return count;
  // A command reads everything itself, so that nothing is left to decide.
  if (engine.read === engine.scan && (isNarrow || engine.dialect.tasksBy === null)) return Infinity;
  const countUpTo = async (limit: number, which: SQL): Promise<number> => {
    const [found] = await engine.read(
      user,
      sql<{ count: number }>`
      select cast(count(*) as integer) as count from (
        select 1 from ${compileSource(engine, range)} where user_id = ${user} and ${which} limit ${limit}) found`,
    );
    return found?.count ?? 0;
  };
  if (missing && (await countUpTo(1, missing)) > 0) return Infinity;
  return countUpTo(MAX_SORTED_TASKS + 1, rows);
}
