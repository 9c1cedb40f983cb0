import { type SQL, sql } from "drizzle-orm";
import type { RemoteTask } from "../../ports/store.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine, Read } from "../engine.ts";
import { valueOf } from "../registers.ts";
import { MAX_READ_ARRIVALS } from "../scans.ts";
import type { TaskRow } from "../tasks/rows.ts";

type SeriesRow = Pick<TaskRow, "id" | "registers">;

/** What settling reads of a record. There can be thousands, each with the title of its series. */
const RECORD_FIELDS = `'{"series":1,"occurrence":1,"skipped":1,"completed_at":1,"deleted_at":1}'`;

/** The series that changes of these tasks touch, or all, with what decides whether they are settled. */
export function findSeries(engine: Engine, user: string, changed?: readonly string[]): Promise<RemoteTask[]> {
  const isFew = changed !== undefined && changed.length <= MAX_READ_ARRIVALS;
  return readTasks(engine, isFew ? engine.read : engine.scanLarge, user, selectSeries(engine.dialect, user, changed));
}

/** All records of the series, without what only people read. */
export function findRecords(engine: Engine, user: string, series: readonly string[]): Promise<RemoteTask[]> {
  return readTasks(engine, engine.scanLarge, user, selectRecords(engine.dialect, user, series));
}

async function readTasks({ dialect }: Engine, read: Read, user: string, query: SQL<SeriesRow>): Promise<RemoteTask[]> {
  const rows = await read(user, query);
  return rows.map(({ id, registers }) => ({ id, registers: dialect.decode(registers) }));
}

/** A cross join keeps the order in which it is written: SQLite would begin with all parts or records of the user. */
function selectSeries(dialect: Dialect, user: string, changed: readonly string[] | undefined): SQL<SeriesRow> {
  const touched = changed ? sql`and id in (${selectTouched(dialect, user, changed)})` : sql``;
  const doneFor = sql`trim(${valueOf("(t.registers ->> 'done_for')")}, '"')`;
  return sql<SeriesRow>`
    with series as materialized (
      select id, occurrence, registers from tasks
      where user_id = ${user} and recurrence is not null and deleted_at is null ${touched}),
    parts as materialized (
      select t.id, t.registers, s.id as series, ${doneFor} as occurrence from series s cross join tasks t
      where t.user_id = ${user} and t.parent = s.id
        and t.completed_at is not null and t.deleted_at is null and t.registers ->> 'done_for' is not null),
    recorded as materialized (select id as series, occurrence from series union select series, occurrence from parts)
    select id, registers from series
    union all select id, registers from parts
    union all select t.id, t.registers from recorded r cross join tasks t
      where t.user_id = ${user} and t.series = r.series and t.occurrence = r.occurrence`;
}

/** Changed tasks, and the series whose records or parts they are. */
function selectTouched(dialect: Dialect, user: string, changed: readonly string[]): SQL {
  const ids = sql`select changed.value from ${dialect.strings(JSON.stringify(changed))} changed`;
  const above = (column: string) =>
    sql`select ${sql.raw(column)} from tasks where user_id = ${user} and id in (${ids})`;
  return sql`${ids} union ${above("series")} union ${above("parent")}`;
}

function selectRecords(dialect: Dialect, user: string, series: readonly string[]): SQL<SeriesRow> {
  return sql<SeriesRow>`
    select id, ${dialect.pick(sql`tasks.registers`, dialect.json(sql.raw(RECORD_FIELDS)))} as registers from tasks
    where user_id = ${user} and series is not null
      and series in (select wanted.value from ${dialect.strings(JSON.stringify(series))} wanted)`;
}
