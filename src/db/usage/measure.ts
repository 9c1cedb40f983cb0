import { type SQL, sql } from "drizzle-orm";
import { CLOCK_LENGTH } from "../../domain/task/clock.ts";
import { ROW_BYTES, type TaskUsage } from "../../ports/usage.ts";
import type { Count } from "../columns.ts";
import type { Engine } from "../engine.ts";
import { readSlices, type Slice } from "../slices.ts";

/** Rows that are measured in one read. Of large values only the size is read. */
const ROWS_OF_A_SLICE = sql.raw("1000");

type Measured = Slice & { readonly count: Count; readonly bytes: Count };
type Sum = { readonly count: number; readonly bytes: number };

/** What a user has, read a few rows at a time. */
export async function measureUsage(engine: Engine, user: string): Promise<TaskUsage> {
  const [live] = await engine.read(
    user,
    sql<{ count: Count }>`select count(*) as count from tasks where user_id = ${user} and deleted_at is null`,
  );
  const tasks = await addUp(engine, user, (after) => measureTasks(engine, user, after));
  const history = await addUp(engine, user, (after) => measureHistory(engine, user, after));
  const heads = await addUp(engine, user, (after) => measureHeads(user, after));
  return {
    tasks: Number(live?.count ?? 0),
    taskBytes: tasks.bytes + tasks.count * ROW_BYTES.task,
    historyBytes: history.bytes + history.count * ROW_BYTES.history,
    headBytes: heads.count * ROW_BYTES.head,
  };
}

/** The tasks may be large, and only one register of each is answered. */
export async function readDeletions(
  engine: Engine,
  user: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const wanted = engine.dialect.strings(JSON.stringify(ids));
  const rows = await engine.scanLarge(
    user,
    sql<{ id: string; deletion: string | null }>`
      select id, registers ->> 'deleted_at' as deletion from tasks
      where user_id = ${user} and id in (select wanted.value from ${wanted} wanted)`,
  );
  return new Map(rows.map(({ id, deletion }) => [id, deletion]));
}

async function addUp(engine: Engine, user: string, select: (after: string) => SQL<Measured>): Promise<Sum> {
  let sum: Sum = { count: 0, bytes: 0 };
  for await (const { count, bytes } of readSlices(engine, user, select)) {
    sum = { count: sum.count + Number(count), bytes: sum.bytes + Number(bytes) };
  }
  return sum;
}

function measureTasks({ dialect }: Engine, user: string, after: string): SQL<Measured> {
  return sql<Measured>`
    select max(id) as last, count(*) as count, sum(bytes) as bytes
    from (select id, ${dialect.storedSize("registers")} + coalesce(${dialect.storedSize("folded")}, 0) as bytes from tasks
      where user_id = ${user} and id > ${after} order by id limit ${ROWS_OF_A_SLICE}) slice`;
}

/** Clocks have one length, so that a clock and an id behind it sort as the two do. */
function measureHistory({ dialect }: Engine, user: string, after: string): SQL<Measured> {
  const [clock, id] = [after.slice(0, CLOCK_LENGTH), after.slice(CLOCK_LENGTH)];
  return sql<Measured>`
    select max(clock || id) as last, count(*) as count, sum(bytes) as bytes
    from (select clock, id, ${dialect.storedSize("before")} + ${dialect.storedSize("after")} as bytes from history
      where user_id = ${user} and (clock, id) > (${clock}, ${id}) order by clock, id limit ${ROWS_OF_A_SLICE}) slice`;
}

function measureHeads(user: string, after: string): SQL<Measured> {
  return sql<Measured>`
    select cast(max(revision) as text) as last, count(*) as count, 0 as bytes
    from (select revision from heads
      where user_id = ${user} and revision > cast(${after || "-1"} as bigint) order by revision limit ${ROWS_OF_A_SLICE}) slice`;
}
