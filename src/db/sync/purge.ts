import { type SQL, sql } from "drizzle-orm";
import { firstTick, formatClock } from "../../domain/task/clock.ts";
import type { Count } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { readSlices, type Slice } from "../slices.ts";
import { forgetHistory, planRemoval } from "../tasks/removal.ts";
import { LIVE } from "../tasks/write-statements.ts";

/** Tasks that are looked at in one read: few, because each can be large. */
const TASKS_OF_A_SLICE = sql.raw("25");
/** Names of tasks in the log that are looked at in one read. */
const ENTRIES_OF_A_SLICE = sql.raw("200");

type GoneSlice = Slice & { readonly gone: Count };

/**
 * Removes deleted tasks for good that nobody has changed since a time (Unix milliseconds), with their history, and
 * answers how many. Removes what the log has of other tasks that are gone for as long.
 */
export async function purgeTasks(engine: Engine, user: string, before: number): Promise<number> {
  const clock = formatClock(firstTick(before), "00000000");
  const count = await purgeDeleted(engine, user, clock);
  await forgetStrays(engine, user, clock);
  return count;
}

/** Looks whether there is anything at all, because there mostly is nothing. What can't be told so is found slice by slice. */
async function finds(engine: Engine, user: string, wanted: SQL): Promise<boolean> {
  try {
    return (await engine.scan(user, sql`select 1 ${wanted} limit 1`)).length > 0;
  } catch {
    return true;
  }
}

/** Each slice is looked at first, because a write waits for the user's row and the disk. */
async function purgeDeleted(engine: Engine, user: string, clock: string): Promise<number> {
  const gone = sql`${isGone(engine.dialect, clock)} and ${isNoReplica(user)}`;
  if (!(await finds(engine, user, sql`from tasks where user_id = ${user} and ${gone}`))) return 0;
  const slices = readSlices(
    engine,
    user,
    (after) => sql<GoneSlice>`
      select max(id) as last, count(*) filter (where ${gone}) as gone
      from (select id, deleted_at, registers from tasks
        where user_id = ${user} and id > ${after} order by id limit ${TASKS_OF_A_SLICE}) tasks`,
  );
  let count = 0;
  for await (const { after, last, gone: found } of slices) {
    if (Number(found) === 0) continue;
    const lock = { query: sql`update users set purged = purged where id = ${user} and ${LIVE}` };
    const going = sql`id > ${after} and id <= ${last} and ${gone}`;
    const steps = [lock, forgetHistory(user, going), ...planRemoval(user, going)];
    count += (await engine.atomically(user, steps)).length;
  }
  return count;
}

/**
 * Such as what a replica has noted of a task that its server had purged. Each name is looked up behind the one before, because a
 * task can have any number of entries.
 */
async function forgetStrays(engine: Engine, user: string, clock: string): Promise<void> {
  const isStray = (id: SQL) => sql`
    not exists (select 1 from tasks t where t.user_id = ${user} and t.id = ${id})
      and not exists (select 1 from history later where later.user_id = ${user} and later.id = ${id} and later.clock >= ${clock})`;
  const old = sql`from history old where old.user_id = ${user} and old.clock < ${clock}`;
  if (!(await finds(engine, user, sql`${old} and ${isStray(sql.raw("old.id"))}`))) return;
  const slices = readSlices(
    engine,
    user,
    (after) => sql<GoneSlice>`
      with recursive entries (id) as (
        select min(id) from history where user_id = ${user} and id > ${after}
        union all select (select min(id) from history where user_id = ${user} and id > entries.id)
        from entries where id is not null)
      select max(id) as last, count(*) filter (where ${isStray(sql.raw("found.id"))}) as gone
      from (select id from entries where id is not null limit ${ENTRIES_OF_A_SLICE}) found`,
  );
  for await (const { after, last, gone } of slices) {
    if (Number(gone) === 0) continue;
    const strays = sql`
      delete from history where user_id = ${user} and id > ${after} and id <= ${last} and ${isStray(sql.raw("history.id"))}`;
    await engine.atomically(user, [{ query: strays }], { repeatable: true });
  }
}

/** Deleted, and with no clock from that time or later. */
function isGone(dialect: Dialect, clock: string): SQL {
  return sql`deleted_at is not null and not exists (
    select 1 from ${dialect.members(sql`tasks.registers`)} m where m.value >= ${clock})`;
}

/** What is deleted in a replica goes when its server says so, which may not know of it yet. */
function isNoReplica(user: string): SQL {
  return sql`not exists (select 1 from replica where key = 'owner' and value = ${user})`;
}
