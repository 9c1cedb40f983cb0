import { type SQL, sql } from "drizzle-orm";
import { quotaExceeded } from "../../domain/quotas.ts";
import type { NewSession, RenewedSession, Renewal, Session, SessionReference } from "../../ports/accounts.ts";
import type { Found } from "../compiled.ts";
import { type Engine, NOBODY, type Step, step } from "../engine.ts";
import { lockAccount } from "./lock.ts";
import { compileSessions } from "./sessions.statements.ts" with { type: "macro" };

const STATEMENTS = compileSessions();

/** The statement that makes a session for whom `from` answers as `account_id` and `device`, unless that account is disabled. */
export function insertSession(
  { id, token, createdAt, usedAt, expiresAt }: Omit<NewSession, "account" | "device">,
  from: SQL,
): SQL {
  return sql`
    insert into sessions (id, account_id, device, token, created_at, used_at, expires_at)
    select ${id}, account_id, device, ${token}, cast(${createdAt} as bigint), cast(${usedAt} as bigint),
      cast(${expiresAt} as bigint)
    from (${from}) opened where exists (select 1 from accounts where id = account_id and disabled_at is null)
    on conflict (id) do nothing`;
}

/** Refuses the session that was made last if its account has more than `max` then, 0 for no limit. */
export function limitSessions({ id, createdAt: now }: Pick<NewSession, "id" | "createdAt">, max: number): Step[] {
  if (max === 0) return [];
  const refuse = () => quotaExceeded({ name: "devices", limit: max, used: max });
  return [{ query: STATEMENTS.findSurplus, values: { id, now, max }, refuse }];
}

/** A row that says that a session was one too many. */
export type SurplusRow = Found<typeof STATEMENTS.findSurplus>;

/** Finds and deletes the session that was made last, where a refusal would undo too much. */
export function deleteSurplus({ id, createdAt: now }: Pick<NewSession, "id" | "createdAt">, max: number) {
  if (max === 0) return [];
  const values = { id, now, max };
  return [step(STATEMENTS.findSurplus, values), step(STATEMENTS.deleteSurplus, values)];
}

export async function createSession(engine: Engine, session: NewSession, max: number): Promise<boolean> {
  const { id, account, device, createdAt } = session;
  const from = sql`select ${account} as account_id, ${device} as device`;
  const rows = await engine.atomically(
    NOBODY,
    [
      lockAccount(account),
      step(STATEMENTS.deleteOver, { account, now: createdAt }),
      { query: insertSession(session, from) },
      ...limitSessions(session, max),
      step(STATEMENTS.findId, { id }),
    ],
    { repeatable: true },
  );
  return rows.length > 0;
}

export async function renewSession(engine: Engine, renewal: Renewal): Promise<RenewedSession | null> {
  const { id, now } = renewal;
  const steps = [step(STATEMENTS.renew, renewal), step(STATEMENTS.findRenewed, { id })];
  const [row] = await engine.atomically(NOBODY, steps, { repeatable: true });
  if (!row) return null;
  const { email, token, previous, sealed, revokedAt, disabledAt, ...session } = row;
  const isEnded = revokedAt !== null || disabledAt !== null || session.expiresAt <= now;
  return { session, email, token, previous, sealed, isEnded };
}

export async function findSession(
  engine: Engine,
  id: string,
  now: number,
): Promise<{ readonly session: Session; readonly email: string } | null> {
  const [row] = await engine.read(NOBODY, STATEMENTS.findLive, { id, now });
  if (!row) return null;
  const { email, ...session } = row;
  return { session, email };
}

export async function hasRefreshToken(
  engine: Engine,
  { session: id, token }: { readonly session: string; readonly token: string },
  now: number,
): Promise<boolean> {
  return (await engine.read(NOBODY, STATEMENTS.findByToken, { id, token, now })).length > 0;
}

export function listSessions(engine: Engine, account: string, now: number): Promise<Session[]> {
  return engine.read(NOBODY, STATEMENTS.listLive, { account, now });
}

export async function endSession(engine: Engine, by: SessionReference, now: number): Promise<boolean> {
  return (await engine.atomically(NOBODY, [planEnd(by, now)])).length > 0;
}

function planEnd(by: SessionReference, now: number) {
  if ("account" in by) return step(STATEMENTS.endOf, { ...by, now });
  return step(STATEMENTS.end, { ...by, now });
}
