import { sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import type { Registers } from "../../domain/task/registers.ts";
import type { RejectedChange, Replica, SentField } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { columns, select } from "../columns.ts";
import type { Engine, Step } from "../engine.ts";
import type { parked } from "../sqlite/schema.ts";
import type { TaskRow } from "../tasks/rows.ts";
import { createWriteStatements } from "../tasks/write-statements.ts";
import { endResync, findBase, planResync } from "./resync.ts";
import { findBinding, findState, forget, giveLease, noteFailure, put, readFacts, takeLease } from "./replica-state.ts";
import { planRedating, type Read } from "./redate-unsent.ts";
import { planApplying } from "./apply-result.ts";
import { ALL } from "./statements.ts";

/** Bytes of changes that are sent at a time. A server takes a request of 1 MiB. */
const MAX_REQUEST_BYTES = 1_000_000;

const PARKED = columns<typeof parked>()("id", "field", "message");

type OutgoingRow = Pick<TaskRow, "id" | "registers"> & { readonly fields: string };

/** The replica in a SQLite database. `owner` is the user of the tasks in it. */
export function createReplica(engine: Engine, owner: string): Replica {
  const statements = createWriteStatements(engine.dialect);
  const read: Read = (query) => engine.read(owner, query);
  const write = <Row = unknown>(steps: Iterable<Step>) => engine.atomically<Row>(owner, steps);
  const facts = () => readFacts(engine, owner);
  const author = { engine, statements, owner };

  return {
    binding: async () => findBinding(await facts()),
    state: async (now) => findState(await facts(), now),
    bind: async ({ server, user }) => {
      const bound = findBinding(await facts());
      if (bound && bound.server === server && bound.user === user) return;
      await write([
        { query: sql`select value from replica where key = 'server'`, refuse: () => mismatch() },
        put("server", server),
        put("user", user),
        put("owner", owner),
        enqueueAll(owner),
      ]);
    },
    outgoing: async (limit) => {
      const known = await facts();
      const { node } = engine;
      const base = findBase(known);
      if (base.resync !== null) return { base, node, changes: [], sent: [] };
      const rows = await read(sql<OutgoingRow>`
        select t.id, t.registers, json_group_array(json_array(o.field, o.clock)) as fields
        from (select distinct id from outbox limit ${limit}) next
          cross join outbox o on o.id = next.id cross join tasks t on t.user_id = ${owner} and t.id = o.id
        group by t.id`);
      const rejected = new Set((await readRejected(read)).map(({ id }) => id));
      let size = 0;
      const taken = rows
        .map((row) => readOutgoing(row, engine.dialect.decode(row.registers), rejected.has(row.id)))
        .filter(
          ({ change }, at) => (size += Buffer.byteLength(JSON.stringify(change))) < MAX_REQUEST_BYTES || at === 0,
        );
      return { base, node, changes: taken.map(({ change }) => change), sent: taken.flatMap(({ sent }) => sent) };
    },
    applyResult: async (result) => {
      const [row] = await write<{ conflicts: number }>(planApplying(author, await facts(), result));
      return { conflicts: row?.conflicts ?? 0 };
    },
    restart: async () => {
      await write([forget("cursor"), ...endResync(), enqueueAll(owner)]);
    },
    startResync: async (base) => void (await write(planResync(author, await facts(), base))),
    redateUnsent: async (latest) => {
      const steps = await planRedating(read, owner, latest);
      if (steps.length > 0) await write(steps);
    },
    backlog: async () => {
      const [row] = await read(sql<{ unsent: number }>`select count(distinct id) as unsent from outbox`);
      return { unsent: row?.unsent ?? 0, rejected: await readRejected(read) };
    },
    lease: async (name, now, ms) => (await write([takeLease(name, now, ms)])).length > 0,
    release: async (name) => void (await write([giveLease(name)])),
    fail: async (failure) => void (await write([noteFailure(failure)])),
    warn: async (now) => void (await write([put("warned_at", String(now))])),
  };
}

/** A task that was refused is sent as a whole once it was changed: of the rest nothing has arrived. */
function readOutgoing(
  { id, fields }: OutgoingRow,
  registers: Registers,
  wasRejected: boolean,
): { readonly change: RemoteTask; readonly sent: readonly SentField[] } {
  const waiting: [field: string, clock: string][] = JSON.parse(fields);
  const isWhole = wasRejected || waiting.some(([field]) => field === ALL);
  const names = new Set(waiting.map(([field]) => field));
  const picked = Object.entries(registers).filter(([field]) => isWhole || names.has(field));
  return {
    change: { id, registers: Object.fromEntries(picked) },
    sent: waiting.map(([field, clock]) => [id, field, clock] as const),
  };
}

function enqueueAll(owner: string): Step {
  return {
    query: sql`
      insert into outbox (id, field, clock) select id, ${ALL}, '' from tasks where user_id = ${owner}
      on conflict (id, field) do update set clock = ''`,
  };
}

function readRejected(read: Read): Promise<RejectedChange[]> {
  return read(select(PARKED, sql`from parked order by at, id`));
}

function mismatch(): TodoError {
  return new TodoError("account_mismatch", "this database follows another server or account", {
    hints: ["See: todo sync --status"],
  });
}
