import { sql } from "drizzle-orm";
import { NO_ACCOUNT } from "../../domain/auth-event.ts";
import { RETENTION_MS } from "../../domain/durations.ts";
import type { AuthEvent } from "../../ports/accounts.ts";
import { type Engine, NOBODY, step } from "../engine.ts";
import { compileAuthEvents } from "./auth-events.statements.ts" with { type: "macro" };
import { lockAccount } from "./lock.ts";

/** Of an account and an outcome. So failures, which strangers cause, push out failures alone. */
const MAX_EVENTS = 1000;

const STATEMENTS = compileAuthEvents();

export async function addEvent(engine: Engine, event: AuthEvent): Promise<void> {
  const { account, at, kind, outcome, address, network, subject } = event;
  // Ids of one process ascend, so they order events of one millisecond.
  const insert = sql`
    insert into auth_events (id, account_id, at, kind, outcome, address, network, subject)
    select ${Bun.randomUUIDv7()}, ${account}, cast(${at} as bigint), ${kind}, ${outcome}, ${address}, ${network}, ${subject}
    where ${account} = ${NO_ACCOUNT} or exists (select 1 from accounts where id = ${account})
    on conflict (id) do nothing`;
  const steps = [
    lockAccount(account),
    { query: insert },
    step(STATEMENTS.deleteOld, { account, outcome, since: at - RETENTION_MS }),
    step(STATEMENTS.deleteSurplus, { account, outcome, surplus: MAX_EVENTS }),
  ];
  await engine.atomically(NOBODY, steps, { repeatable: true });
}

export function listEvents(
  engine: Engine,
  account: string,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<AuthEvent[]> {
  return engine.read(NOBODY, STATEMENTS.list, { account, since: now - RETENTION_MS, limit });
}

export async function hasSignedIn(
  engine: Engine,
  by: { readonly id: string } | { readonly email: string },
  { network, now }: { readonly network: string; readonly now: number },
): Promise<boolean> {
  const from = { network, since: now - RETENTION_MS };
  const found =
    "id" in by
      ? await engine.read(NOBODY, STATEMENTS.findSignInById, { ...by, ...from })
      : await engine.read(NOBODY, STATEMENTS.findSignInByEmail, { ...by, ...from });
  return found.length > 0;
}
