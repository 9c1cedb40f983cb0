import { type SQL, sql } from "drizzle-orm";
import { divide } from "../../domain/batches.ts";
import type { RemoteTask } from "../../ports/store.ts";
import type { Head, SyncPrecheck } from "../../ports/sync.ts";
import type { Count } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { Engine } from "../engine.ts";
import { millisOfTick } from "../registers.ts";
import { MAX_READ_ARRIVALS } from "../scans.ts";
import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import { decodeProfile } from "../profile/statements.ts";
import { encodeRemoteTasks } from "../tasks/remote-tasks.ts";

type PrecheckRow = {
  readonly now: Count;
  readonly latest: Count;
  readonly epoch: string;
  readonly is_known: Count;
  readonly purged: Count;
  readonly differs: Count;
  readonly touched: Count;
  readonly has_series: Count;
  readonly registers: unknown;
};

/** To compare so many of the largest tasks takes a tenth of the time that a scan may take. */
const MAX_SCANNED_ARRIVALS = 50;

/**
 * What a server must know before it merges. Many arrivals are compared in batches, or else a device with many edits of large tasks
 * would run out of time each time it syncs. The first batch says what the database is like: what is purged after it ends the merge.
 */
export async function readPrecheck(
  { engine, statement, user }: { readonly engine: Engine; readonly statement: SQL<PrecheckRow>; readonly user: string },
  { head, arrivals }: { readonly head: Head | null; readonly arrivals: readonly RemoteTask[] },
): Promise<SyncPrecheck> {
  const read = arrivals.length > MAX_READ_ARRIVALS ? engine.scanLarge : engine.read;
  const rows: PrecheckRow[] = [];
  for (const batch of divide(joinRemoteTasks(arrivals), MAX_SCANNED_ARRIVALS)) {
    const changes = encodeRemoteTasks(batch);
    const values = { user, revision: head?.revision ?? -1, tag: head?.tag ?? "", changes };
    rows.push(...(await read(user, statement, values)));
  }
  const [row] = rows;
  return {
    now: Number(row?.now),
    latest: Number(row?.latest),
    databaseId: row?.epoch ?? "",
    isKnown: Number(row?.is_known) > 0,
    purgedUpTo: Number(row?.purged),
    differs: rows.some(({ differs }) => Number(differs) > 0),
    touchedBytes: rows.reduce((sum, { touched }) => sum + Number(touched), 0),
    hasSeries: Number(row?.has_series) > 0,
    profile: decodeProfile(engine.dialect, row),
  };
}

/** user, revision and tag of the head, changes */
export function selectPrecheck(dialect: Dialect): SQL<PrecheckRow> {
  const user = sql.placeholder("user");
  const changes = dialect.changes(sql.placeholder("changes"));
  return sql<PrecheckRow>`
    select ${dialect.now} as now, (select value from replica where key = 'epoch') as epoch,
      (select count(*) from heads
        where user_id = ${user} and revision = ${sql.placeholder("revision")} and tag = ${sql.placeholder("tag")}) as is_known,
      coalesce((select purged from users where id = ${user}), 0) as purged,
      coalesce((select ${millisOfTick("clock")} from users where id = ${user}), 0) as latest,
      case when exists (
        select 1 from ${changes} c left join tasks t on t.user_id = ${user} and t.id = c.id
        where t.id is null or ${dialect.differs(sql`t.registers`, sql`c.registers`)}) then 1 else 0 end as differs,
      coalesce((select sum(${dialect.size(sql`t.registers`)}) from ${changes} c
        left join tasks t on t.user_id = ${user} and t.id = c.id), 0) as touched,
      case when exists (select 1 from tasks where user_id = ${user} and recurrence is not null) then 1 else 0 end as has_series,
      (select registers from users where id = ${user}) as registers`;
}
