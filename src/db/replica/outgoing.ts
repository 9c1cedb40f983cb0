import { sql } from "drizzle-orm";
import type { Registers } from "../../domain/task/registers.ts";
import type { Outgoing, RejectedChange, SentField } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { columns, select } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { parked } from "../sqlite/schema.ts";
import type { TaskRow } from "../tasks/rows.ts";
import { readFacts } from "./replica-state.ts";
import { findBase } from "./resync.ts";
import { ALL } from "./statements.ts";

/** Bytes of changes that are sent at a time. A server takes a request of 1 MiB. */
const MAX_REQUEST_BYTES = 1_000_000;

const PARKED = columns<typeof parked>()("id", "field", "message");

type OutgoingRow = Pick<TaskRow, "id" | "registers"> & { readonly fields: string };

/** A change, and the fields that it sends. */
type Change = { readonly change: RemoteTask; readonly sent: readonly SentField[] };

/** Of at most so many tasks what is not acknowledged. */
export async function readOutgoing(engine: Engine, owner: string, limit: number): Promise<Outgoing> {
  const { node } = engine;
  const base = findBase(await readFacts(engine, owner));
  if (base.resync !== null) return { base, node, changes: [], sent: [] };
  const rows = await engine.read(
    owner,
    sql<OutgoingRow>`
      select t.id, t.registers, json_group_array(json_array(o.field, o.clock)) as fields
      from (select distinct id from outbox limit ${limit}) next
        cross join outbox o on o.id = next.id cross join tasks t on t.user_id = ${owner} and t.id = o.id
      group by t.id`,
  );
  const rejected = new Set((await readRejected(engine, owner)).map(({ id }) => id));
  const taken = takeUntilFull(
    rows.map((row) => readChange(row, engine.dialect.decode(row.registers), rejected.has(row.id))),
  );
  return { base, node, changes: taken.map(({ change }) => change), sent: taken.flatMap(({ sent }) => sent) };
}

/** How many tasks have something unsent, and what the server refused. */
export async function readBacklog(
  engine: Engine,
  owner: string,
): Promise<{ readonly unsent: number; readonly rejected: readonly RejectedChange[] }> {
  const [row] = await engine.read(owner, sql<{ unsent: number }>`select count(distinct id) as unsent from outbox`);
  return { unsent: row?.unsent ?? 0, rejected: await readRejected(engine, owner) };
}

function readRejected(engine: Engine, owner: string): Promise<RejectedChange[]> {
  return engine.read(owner, select(PARKED, sql`from parked order by at, id`));
}

/** A task that was refused is sent as a whole once it was changed: of the rest nothing has arrived. */
function readChange({ id, fields }: OutgoingRow, registers: Registers, wasRejected: boolean): Change {
  const waiting: [field: string, clock: string][] = JSON.parse(fields);
  const isWhole = wasRejected || waiting.some(([field]) => field === ALL);
  const names = new Set(waiting.map(([field]) => field));
  const picked = Object.entries(registers).filter(([field]) => isWhole || names.has(field));
  return {
    change: { id, registers: Object.fromEntries(picked) },
    sent: waiting.map(([field, clock]) => [id, field, clock] as const),
  };
}

/** One that is larger than a request is sent all the same, alone. */
function takeUntilFull(changes: readonly Change[]): Change[] {
  const taken: Change[] = [];
  let size = 0;
  for (const each of changes) {
    size += Buffer.byteLength(JSON.stringify(each.change));
    if (size >= MAX_REQUEST_BYTES && taken.length > 0) break;
    taken.push(each);
  }
  return taken;
}
