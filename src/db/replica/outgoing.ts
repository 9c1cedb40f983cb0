import { type SQL, sql } from "drizzle-orm";
import { takeWhileFits } from "../../domain/batches.ts";
import type { Registers } from "../../domain/task/registers.ts";
import { isKnownField } from "../../domain/task/fields.ts";
import { isWithinLimits, measureTask, TOO_LARGE } from "../../domain/task/size.ts";
import type { Outgoing, RejectedChange, SentField } from "../../ports/replica.ts";
import { MAX_OUTGOING_BYTES } from "../../ports/sync.ts";
import { columns, select } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { parked } from "../sqlite/schema.ts";
import type { TaskRow } from "../tasks/rows.ts";
import { readFacts } from "./replica-state.ts";
import { findBase } from "./resync.ts";
import { ALL } from "./statements.ts";

/** Maximum bytes of tasks that are read to send them. Where little of each was edited, more is read than sent. */
const MAX_SOURCE_BYTES = 4 * MAX_OUTGOING_BYTES;

/** A change is so much longer than its registers, for its id and the names of both. */
const ID_BYTES = 64;

const PARKED = columns<typeof parked>()("id", "code", "field", "message");

type OutgoingRow = Pick<TaskRow, "id" | "registers"> & { readonly fields: string };

/** The change of a task, if there is one, the fields that it sends, and what is too large to be sent. */
type Change = Pick<Outgoing, "changes" | "sent" | "rejected"> & { readonly bytes: number };

type Waiting = readonly [field: string, clock: string];

/** Of at most so many tasks what is not acknowledged. */
export async function readOutgoing(engine: Engine, owner: string, limit: number): Promise<Outgoing> {
  const { node } = engine;
  const base = findBase(await readFacts(engine, owner));
  if (base.resync !== null) return { base, node, changes: [], sent: [], rejected: [] };
  const rows = await engine.read(
    owner,
    sql<OutgoingRow>`
      select t.id, t.registers, json_group_array(json_array(o.field, o.clock)) as fields
      from (${selectNext(owner, limit)}) next
        cross join outbox o on o.id = next.id cross join tasks t on t.user_id = ${owner} and t.id = o.id
      group by t.id`,
  );
  const rejected = new Set((await readRejected(engine, owner)).map(({ id }) => id));
  const changes = rows.map((row) => readChange(row, engine.dialect.decode(row.registers), rejected.has(row.id)));
  const taken = takeWhileFits(changes, ({ bytes }) => bytes + ID_BYTES, MAX_OUTGOING_BYTES);
  return {
    base,
    node,
    changes: taken.flatMap((each) => each.changes),
    sent: taken.flatMap(({ sent }) => sent),
    rejected: taken.flatMap((each) => each.rejected),
  };
}

/** The next tasks, until they are large enough together. */
function selectNext(owner: string, limit: number): SQL {
  return sql`
    select id from (
      select n.id, sum(octet_length(t.registers)) over (order by n.id rows unbounded preceding) - octet_length(t.registers) as before
      from (select distinct id from outbox limit ${limit}) n cross join tasks t on t.user_id = ${owner} and t.id = n.id)
    where before < ${MAX_SOURCE_BYTES}`;
}

/** How many tasks have something unsent, and what the server refused. */
export async function readBacklog(
  engine: Engine,
  owner: string,
): Promise<{ readonly unsent: number; readonly rejected: readonly RejectedChange[] }> {
  const [row] = await engine.read(owner, sql<{ unsent: number }>`select count(distinct id) as unsent from outbox`);
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

/** A task that was refused is sent as a whole once it was changed: of the rest nothing has arrived. */
function readChange({ id, fields }: OutgoingRow, registers: Registers, wasRejected: boolean): Change {
  const waiting: Waiting[] = JSON.parse(fields);
  const marks = waiting.map(([field, clock]) => [id, field, clock] as const);
  const isWhole = wasRejected || waiting.some(([field]) => field === ALL);
  const names = new Set(waiting.map(([field]) => field));
  const picked = isWhole ? registers : pick(registers, names);
  const bytes = measure(picked);
  if (bytes <= MAX_OUTGOING_BYTES && !(wasRejected && isTooLarge(registers))) {
    return { changes: [{ id, registers: picked }], sent: marks, rejected: [], bytes };
  }
  return cutChange(id, pick(registers, names), { marks, isWhole });
}

/**
 * What was edited of a task that no server takes as a whole, or else the deletion of it would stay here too. What does not fit
 * into a request goes with the next one.
 */
function cutChange(
  id: string,
  edited: Registers,
  { marks, isWhole }: { readonly marks: readonly SentField[]; readonly isWhole: boolean },
): Change {
  const registers = takeFields(edited);
  const isEmpty = Object.keys(registers).length === 0;
  return {
    changes: isEmpty ? [] : [{ id, registers }],
    sent: isEmpty ? marks : marks.filter(([, field]) => field === ALL || Object.hasOwn(registers, field)),
    rejected: isEmpty || isWhole ? [{ id, code: "invalid_input", field: "", message: `it has ${TOO_LARGE}` }] : [],
    bytes: isEmpty ? 0 : measure(registers),
  };
}

/** As many fields as fit into a request, first those that every version knows. */
function takeFields(registers: Registers): Registers {
  const entries = Object.entries(registers);
  const known = entries.filter(([field]) => isKnownField(field));
  const taken: (readonly [string, string])[] = [];
  let bytes = 0;
  for (const entry of [...known, ...entries.filter(([field]) => !isKnownField(field))]) {
    bytes += measure(Object.fromEntries([entry]));
    if (bytes > MAX_OUTGOING_BYTES) break;
    taken.push(entry);
  }
  return Object.fromEntries(taken);
}

function pick(registers: Registers, names: ReadonlySet<string>): Registers {
  return Object.fromEntries(Object.entries(registers).filter(([field]) => names.has(field)));
}

function measure(registers: Registers): number {
  return Buffer.byteLength(JSON.stringify(registers));
}

function isTooLarge(registers: Registers): boolean {
  return !isWithinLimits(measureTask(registers));
}
