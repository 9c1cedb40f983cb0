import { type SQL, sql } from "drizzle-orm";
import { TodoError } from "../../domain/errors.ts";
import type { Registers } from "../../domain/registers.ts";
import type { Parked, Replica, Sent } from "../../domain/replica.ts";
import type { Arrival } from "../../domain/store.ts";
import { encodeArrivals, foldArrivals, latestTick } from "../arrivals.ts";
import type { Engine, Step } from "../engine.ts";
import { createWriteStatements } from "../write-statements.ts";
import { planRestamp } from "./restamp.ts";
import { ALL, RECORD_ARRIVALS } from "./statements.ts";

/** Characters of the registers that are sent at a time, about. */
const LARGEST = 600_000;

/** Digits of a time, so that times compare as texts. */
const TIME_DIGITS = 15;

type OutgoingRow = { readonly id: string; readonly fields: string; readonly registers: unknown };

/** The replica in a SQLite database. `owner` is the user of the tasks in it. */
export function createReplica(engine: Engine, owner: string): Replica {
  const statements = createWriteStatements(engine.dialect);
  const read = <Row>(query: SQL) => engine.read<Row>(owner, query);
  const write = <Row = unknown>(steps: Iterable<Step>) => engine.atomically<Row>(owner, steps);
  const binding = async () => {
    const rows = await read<{ key: string; value: string }>(sql`
      select key, value from replica where key in ('server', 'user', 'cursor', 'synced_at')`);
    const known = new Map(rows.map(({ key, value }) => [key, value]));
    const [server, user, syncedAt] = [known.get("server"), known.get("user"), known.get("synced_at")];
    if (server === undefined || user === undefined) return null;
    const at = syncedAt === undefined ? null : Number(syncedAt);
    return { server, user, cursor: known.get("cursor") ?? null, syncedAt: at };
  };

  return {
    binding,
    bind: async ({ server, user }) => {
      const bound = await binding();
      if (bound && bound.server === server && bound.user === user) return;
      await write([
        { query: sql`select value from replica where key = 'server'`, refuse: () => mismatch() },
        ...[
          ["server", server],
          ["user", user],
          ["owner", owner],
        ].map(([key = "", value = ""]) => put(key, value)),
        ...enqueueAll(owner),
      ]);
    },
    outgoing: async (limit) => {
      const rows = await read<OutgoingRow>(sql`
        select t.id, t.registers, json_group_array(json_array(o.field, o.clock)) as fields
        from (select distinct id from outbox limit ${limit}) next
          join outbox o on o.id = next.id join tasks t on t.user_id = ${owner} and t.id = o.id
        group by t.id`);
      const parked = new Set((await readParked(read)).map(({ id }) => id));
      let size = 0;
      const taken = rows
        .map((row) => readOutgoing(row, engine.dialect.decode(row.registers), parked.has(row.id)))
        .filter(({ change }, at) => (size += JSON.stringify(change).length) < LARGEST || at === 0);
      return { changes: taken.map(({ change }) => change), sent: taken.flatMap(({ sent }) => sent) };
    },
    settle: async ({ arrivals, sent, parked, cursor, now }) => {
      const folded = foldArrivals(arrivals);
      await write([
        ...(folded.length > 0 ? planMerge(folded, now) : []),
        {
          query: sql`
            delete from outbox where (id, field, clock) in (
              select value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(sent)}))`,
        },
        {
          query: sql`
            delete from parked where id in (select value ->> 0 from json_each(${JSON.stringify(sent)}))`,
        },
        ...parked.map((each) => park(each, now)),
        put("cursor", cursor),
        put("synced_at", String(now)),
      ]);
    },
    restart: async () => {
      await write([{ query: sql`delete from replica where key = 'cursor'` }, ...enqueueAll(owner)]);
    },
    restamp: async (serverTime) => {
      const steps = await planRestamp(read, owner, serverTime);
      if (steps.length > 0) await write(steps);
    },
    backlog: async () => {
      const [row] = await read<{ unsent: number }>(sql`select count(distinct id) as unsent from outbox`);
      return { unsent: row?.unsent ?? 0, parked: await readParked(read) };
    },
    lease: async (name, now, ms) => {
      const rows = await write([
        {
          query: sql`
            insert into replica (key, value) values ('lease', ${formatLease(name, now + ms)})
            on conflict (key) do update set value = excluded.value
            where substr(replica.value, 1, ${TIME_DIGITS}) < ${formatTime(now)}
              or substr(replica.value, ${TIME_DIGITS + 2}) = ${name}
            returning key`,
        },
      ]);
      return rows.length > 0;
    },
    release: async (name) => {
      await write([
        {
          query: sql`delete from replica where key = 'lease' and substr(value, ${TIME_DIGITS + 2}) = ${name}`,
        },
      ]);
    },
  };

  /** What others changed is in the log too, with the values that it took the place of. */
  function planMerge(folded: readonly Arrival[], now: number): Step[] {
    const [count, seen] = [folded.length, latestTick(folded).toString()];
    const changes = encodeArrivals(folded);
    const { node } = engine;
    return [
      { query: statements.lockAhead(), values: { user: owner, count, seen } },
      { query: RECORD_ARRIVALS, values: { user: owner, node, now, changes } },
      { query: statements.mergeBlindly(), values: { user: owner, behind: count, changes } },
    ];
  }
}

/** A task that was refused is sent as a whole once it was changed: of the rest nothing has arrived. */
function readOutgoing(
  { id, fields }: OutgoingRow,
  registers: Registers,
  wasParked: boolean,
): { readonly change: Arrival; readonly sent: readonly Sent[] } {
  const waiting: [field: string, clock: string][] = JSON.parse(fields);
  const isWhole = wasParked || waiting.some(([field]) => field === ALL);
  const names = new Set(waiting.map(([field]) => field));
  const picked = Object.entries(registers).filter(([field]) => isWhole || names.has(field));
  return {
    change: { id, registers: Object.fromEntries(picked) },
    sent: waiting.map(([field, clock]) => [id, field, clock] as const),
  };
}

function enqueueAll(owner: string): Step[] {
  return [
    {
      query: sql`
        insert into outbox (id, field, clock) select id, ${ALL}, '' from tasks where user_id = ${owner}
        on conflict (id, field) do nothing`,
    },
  ];
}

function park({ id, field, message }: Parked, now: number): Step {
  return {
    query: sql`
      insert into parked (id, code, field, message, at) values (${id}, 'invalid_input', ${field}, ${message}, ${now})
      on conflict (id) do update set field = excluded.field, message = excluded.message, at = excluded.at`,
  };
}

function put(key: string, value: string): Step {
  return {
    query: sql`
      insert into replica (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`,
  };
}

function readParked(read: <Row>(query: SQL) => Promise<Row[]>): Promise<Parked[]> {
  return read<Parked>(sql`select id, field, message from parked order by at, id`);
}

function formatLease(name: string, until: number): string {
  return `${formatTime(until)} ${name}`;
}

function formatTime(time: number): string {
  return String(time).padStart(TIME_DIGITS, "0");
}

function mismatch(): TodoError {
  return new TodoError("account_mismatch", "this database follows another server or account", {
    hints: ["See: todo sync --status"],
  });
}
