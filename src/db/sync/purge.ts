import { type SQL, sql } from "drizzle-orm";
import { firstTick, formatClock } from "../../domain/task/clock.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { planRemoval } from "../tasks/removal.ts";
import { LIVE } from "../tasks/write-statements.ts";

/** Removes deleted tasks for good that nobody has changed since a time (Unix milliseconds), and answers how many. */
export async function purgeTasks(engine: Engine, user: string, before: number): Promise<number> {
  const gone = sql`${isGone(engine.dialect, before)} and ${isNoReplica(user)}`;
  // It looks first, because there mostly is nothing, and a write waits for the user's row and the disk.
  const found = await engine.read(user, sql`select 1 from tasks where user_id = ${user} and ${gone} limit 1`);
  if (found.length === 0) return 0;
  const lock = { query: sql`update users set purged = purged where id = ${user} and ${LIVE}` };
  return (await engine.atomically(user, [lock, ...planRemoval(user, gone)])).length;
}

/** Deleted, and with no clock from that time or later. */
function isGone(dialect: Dialect, before: number): SQL {
  const clock = formatClock(firstTick(before), "00000000");
  return sql`deleted_at is not null and not exists (
    select 1 from ${dialect.members(sql`tasks.registers`)} m where m.value >= ${clock})`;
}

/** What is deleted in a replica goes when its server says so, which may not know of it yet. */
function isNoReplica(user: string): SQL {
  return sql`not exists (select 1 from replica where key = 'owner' and value = ${user})`;
}
