import { sql } from "drizzle-orm";
import { DAY_MS } from "../../domain/durations.ts";
import { firstTick, formatClock } from "../../domain/task/clock.ts";
import type { Binding, SyncFailure, SyncState } from "../../ports/replica.ts";
import type { RowOf } from "../columns.ts";
import type { Engine, Step } from "../engine.ts";
import type { replica } from "../sqlite/schema.ts";

/** Who syncs, from when and until when. */
type Lease = { readonly name: string; readonly from: number; readonly until: number };

const LEASE = "syncer";

type FactRow = RowOf<typeof replica> & { readonly unsent: number; readonly refused: number };

/** All that the table says, and beside each whether something is unsent, and whether there was no room for something. */
const FACTS = sql<FactRow>`
  select key, value, exists (select 1 from outbox) as unsent,
    exists (select 1 from parked where code = 'quota_exceeded') as refused
  from replica`;

/** What a database knows of its server, by its keys. */
export type Facts = {
  readonly known: ReadonlyMap<string, string>;
  readonly hasUnsent: boolean;
  readonly hasRefused: boolean;
};

export async function readFacts(engine: Engine, owner: string): Promise<Facts> {
  const rows = await engine.read(owner, FACTS, {});
  const known = new Map(rows.map(({ key, value }) => [key, value]));
  return { known, hasUnsent: rows[0]?.unsent === 1, hasRefused: rows[0]?.refused === 1 };
}

export function findBinding({ known }: Facts): Binding | null {
  const [server, user] = [known.get("server"), known.get("user")];
  if (server === undefined || user === undefined) return null;
  return { server, user, cursor: known.get("cursor") ?? null, syncedAt: findTime(known, "synced_at") };
}

export function findState(facts: Facts, now: number): SyncState | null {
  const binding = findBinding(facts);
  if (!binding) return null;
  const { known, hasUnsent, hasRefused } = facts;
  const failure = known.get("failure");
  return {
    ...binding,
    hasUnsent,
    hasRefused,
    isBusy: isHeld(known.get(LEASE), now),
    failure: failure === undefined ? null : (JSON.parse(failure) as SyncFailure),
    warnedAt: findTime(known, "warned_at"),
  };
}

export function put(key: string, value: string): Step {
  return {
    query: sql`
      insert into replica (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`,
  };
}

/** Forgets what is known under these keys. */
export function forget(...keys: readonly string[]): Step {
  return { query: sql`delete from replica where key in (select value from json_each(${JSON.stringify(keys)}))` };
}

/** Answers a row where the lease is free or that one's already. */
export function takeLease(name: string, now: number, leaseMs: number): Step {
  const lease: Lease = { name, from: now, until: now + leaseMs };
  return {
    query: sql`
      insert into replica (key, value) values (${LEASE}, ${JSON.stringify(lease)})
      on conflict (key) do update set value = excluded.value
      where replica.value ->> 'until' < ${now} or replica.value ->> 'from' > ${now + leaseMs} or replica.value ->> 'name' = ${name}
      returning key`,
  };
}

export function giveLease(name: string): Step {
  return { query: sql`delete from replica where key = ${LEASE} and value ->> 'name' = ${name}` };
}

/** The time of the first failure stays. */
export function noteFailure(failure: Omit<SyncFailure, "since">): Step {
  return {
    query: sql`
      insert into replica (key, value) values ('failure', ${JSON.stringify({ since: failure.at, ...failure })})
      on conflict (key) do update set value = json_set(excluded.value, '$.since', replica.value -> '$.since')`,
  };
}

/** The key of the last redating (redate-unsent.ts). */
export const REDATING = "redating";

const SERVED_AT = "served_at";

export function findServedAt({ known }: Facts): string | null {
  return known.get(SERVED_AT) ?? null;
}

export function noteServer(url: string | null): Step {
  return url === null ? forget(SERVED_AT) : put(SERVED_AT, url);
}

const PURGED_AT = "purged_at";

/**
 * Looks at one entry of the log, the oldest: for `min(clock)` SQLite would read all, with each command. A time in the
 * future was written by a wrong clock.
 */
export async function isPurgeDue(engine: Engine, owner: string, now: number, before: number): Promise<boolean> {
  const clock = formatClock(firstTick(before), "00000000");
  const rows = await engine.read(
    owner,
    sql`
      select 1 from (select clock as oldest from history where user_id = ${owner} order by clock limit 1) log
      where oldest < ${clock}
        and not exists (select 1 from replica where key = ${PURGED_AT} and abs(value - ${now}) < ${DAY_MS})`,
  );
  return rows.length > 0;
}

export function notePurge(now: number): Step {
  return put(PURGED_AT, String(now));
}

/** Answers a row if no purge was started for a day. */
export function claimPurge(now: number): Step {
  return claimDay("purge_started_at", now);
}

/** Answers a row if the user was not told for a day. */
export function claimWarning(about: string, now: number): Step {
  return claimDay(`${about}_warned_at`, now);
}

function claimDay(key: string, now: number): Step {
  return {
    query: sql`
      insert into replica (key, value) values (${key}, ${String(now)})
      on conflict (key) do update set value = excluded.value where abs(replica.value - excluded.value) >= ${DAY_MS}
      returning key`,
  };
}

/** One that begins later than it could end is that of a clock that was wrong, and would be held for long. */
function isHeld(text: string | undefined, now: number): boolean {
  if (text === undefined) return false;
  const { from, until } = JSON.parse(text) as Lease;
  return now <= until && from <= now + (until - from);
}

function findTime(known: Facts["known"], key: string): number | null {
  const time = known.get(key);
  return time === undefined ? null : Number(time);
}
