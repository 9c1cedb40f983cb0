import { type SQL, sql } from "drizzle-orm";
import { takeWhileFits } from "../../domain/batches.ts";
import { PROFILE } from "../../domain/profile.ts";
import type { Outgoing, RejectedChange } from "../../ports/replica.ts";
import { MAX_OUTGOING_BYTES } from "../../ports/sync.ts";
import { columns, select } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { parked } from "../sqlite/schema.ts";
import { decodeProfile, type ProfileRow } from "../profile/statements.ts";
import type { TaskRow } from "../tasks/rows.ts";
import { cutChange } from "./cut-change.ts";
import { readFacts } from "./replica-state.ts";
import { findBase } from "./resync.ts";
import { ALL } from "./statements.ts";

/** Maximum bytes of tasks that are read to send them. Where little of each was edited, more is read than sent. */
const MAX_SOURCE_BYTES = 4 * MAX_OUTGOING_BYTES;

/** A change is so much longer than its registers, for its id and the names of both. */
const ID_BYTES = 64;

const PARKED = columns<typeof parked>()("id", "code", "field", "message");

type OutgoingRow = Pick<TaskRow, "id" | "registers"> & { readonly fields: string };

/** Of at most so many tasks what is not acknowledged. */
export async function readOutgoing(engine: Engine, owner: string, limit: number): Promise<Outgoing> {
  const { node } = engine;
  const base = findBase(await readFacts(engine, owner));
  const profile = await readOutgoingProfile(engine, owner);
  const { whole } = profile;
  const nothing = { base, node, changes: [], sent: [], rejected: [], profile: { whole, changes: {} } };
  if (base.resync !== null) return nothing;
  const rows = await engine.read(
    owner,
    sql<OutgoingRow>`
      select t.id, t.registers, json_group_array(json_array(o.field, o.clock)) as fields
      from (${selectNext(owner, limit)}) next
        cross join outbox o on o.id = next.id cross join tasks t on t.user_id = ${owner} and t.id = o.id
      group by t.id`,
  );
  const rejected = new Map((await readRejected(engine, owner)).map(({ id, code }) => [id, code]));
  const changes = rows.map(({ id, registers, fields }) =>
    cutChange({ id, registers: engine.dialect.decode(registers), waiting: JSON.parse(fields) }, rejected.get(id)),
  );
  const taken = takeWhileFits(changes, ({ bytes }) => bytes + ID_BYTES, MAX_OUTGOING_BYTES);
  return {
    base,
    node,
    changes: taken.flatMap((each) => each.changes),
    sent: [...taken.flatMap(({ sent }) => sent), ...profile.sent],
    profile: { whole, changes: profile.changes },
    rejected: taken.flatMap((each) => each.rejected),
  };
}

/** The profile, and of it what is not acknowledged. It is small, so all of that goes at once. */
async function readOutgoingProfile(engine: Engine, owner: string) {
  const rows = await engine.read(
    owner,
    sql<ProfileRow & { readonly fields: string }>`
      select u.registers, (
        select json_group_array(json_array(field, clock)) from outbox where id = ${PROFILE}) as fields
      from users u where u.id = ${owner}`,
  );
  const whole = decodeProfile(engine.dialect, rows[0]);
  const waiting: [field: string, clock: string][] = JSON.parse(rows[0]?.fields ?? "[]");
  const names = new Set(waiting.map(([field]) => field));
  return {
    whole,
    changes: Object.fromEntries(Object.entries(whole).filter(([name]) => names.has(name))),
    sent: waiting.map(([field, clock]) => [PROFILE, field, clock] as const),
  };
}

/** The next tasks, until they are large enough together. */
function selectNext(owner: string, limit: number): SQL {
  return sql`
    select id from (
      select n.id, sum(octet_length(t.registers)) over (order by n.id rows unbounded preceding) - octet_length(t.registers) as before
      from (select distinct id from outbox where id <> ${PROFILE} limit ${limit}) n cross join tasks t on t.user_id = ${owner} and t.id = n.id)
    where before < ${MAX_SOURCE_BYTES}`;
}

/** How many tasks have something unsent, and what the server refused. */
export async function readBacklog(
  engine: Engine,
  owner: string,
): Promise<{ readonly unsent: number; readonly rejected: readonly RejectedChange[] }> {
  const [row] = await engine.read(
    owner,
    sql<{ unsent: number }>`select count(distinct id) as unsent from outbox where id <> ${PROFILE}`,
  );
  return { unsent: row?.unsent ?? 0, rejected: await readRejected(engine, owner) };
}

/** A refused task is queued as a whole. It stays noted as refused until it is acknowledged. */
export async function requeueRefused(engine: Engine, owner: string, before: number): Promise<void> {
  const refused = sql`from parked where code = 'quota_exceeded' and at <= ${before}`;
  // It looks first, because there mostly is nothing, and a write waits for the disk.
  if ((await engine.read(owner, sql`select 1 ${refused} limit 1`)).length === 0) return;
  const query = sql`
    insert into outbox (id, field, clock) select id, ${ALL}, '' ${refused}
    on conflict (id, field) do update set clock = ''`;
  await engine.atomically(owner, [{ query }]);
}

function readRejected(engine: Engine, owner: string): Promise<RejectedChange[]> {
  return engine.read(owner, select(PARKED, sql`from parked order by at, id`));
}
