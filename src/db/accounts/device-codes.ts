import { sql } from "drizzle-orm";
import type { DeviceRequest, NewSession, Polled } from "../../ports/accounts.ts";
import type { Found } from "../compiled.ts";
import { type Engine, NOBODY, step } from "../engine.ts";
import { compileDeviceCodes } from "./device-codes.statements.ts" with { type: "macro" };
import { lockAccount } from "./lock.ts";
import { deleteSurplus, insertSession, type SurplusRow } from "./sessions.ts";

/** For so long a request that is over can still be told from one that never was. */
const RETENTION_MS = 60 * 60_000;

const STATEMENTS = compileDeviceCodes();

export async function createDeviceRequest(
  engine: Engine,
  request: DeviceRequest & { readonly hash: string; readonly pollIntervalMs: number },
): Promise<boolean> {
  const { hash, createdAt } = request;
  const steps = [
    step(STATEMENTS.deleteOver, { before: createdAt - RETENTION_MS }),
    step(STATEMENTS.create, request),
    step(STATEMENTS.findHash, { hash }),
  ];
  return (await engine.atomically(NOBODY, steps, { repeatable: true })).length > 0;
}

export async function findDeviceRequest(engine: Engine, userCode: string, now: number): Promise<DeviceRequest | null> {
  const [request] = await engine.read(NOBODY, STATEMENTS.findLive, { userCode, now });
  return request ?? null;
}

type Decision = {
  readonly userCode: string;
  readonly account: string;
  readonly session: string;
  readonly decision: "approved" | "denied";
  readonly now: number;
};

export async function decideDeviceRequest(engine: Engine, decision: Decision): Promise<boolean> {
  // Whoever ends the sessions of the account comes before, and the session is over, or after, and denies the device.
  const steps = [lockAccount(decision.account), step(STATEMENTS.decide, decision)];
  return (await engine.atomically(NOBODY, steps)).length > 0;
}

/** The request as it was before, then the session that was one too many or else the one that was made. */
type PolledRow = Found<typeof STATEMENTS.find> | SurplusRow | Found<typeof STATEMENTS.findSession>;

export async function pollDeviceRequest(
  engine: Engine,
  hash: string,
  {
    slowDownMs,
    max,
    ...session
  }: Omit<NewSession, "account" | "device"> & { readonly slowDownMs: number; readonly max: number },
): Promise<Polled | null> {
  const { usedAt: now } = session;
  const approved = sql`
    select account_id, device from device_codes
    where hash = ${hash} and decision = 'approved' and expires_at > ${now}`;
  const [before, made] = await engine.atomically<PolledRow>(NOBODY, [
    step(STATEMENTS.find, { hash }),
    // The account goes first, as in all units. Two devices that are let in at once are counted one after the other. A device
    // that is let in between this step and the next is counted without the lock, so there may be one more than `max`. The next
    // sign-in counts it, and to lock the account after the device could deadlock with whoever decides.
    step(STATEMENTS.lockApprover, { hash }),
    step(STATEMENTS.poll, { hash, now, slowDownMs }),
    { query: insertSession(session, approved) },
    ...deleteSurplus(session, max),
    step(STATEMENTS.deleteUsed, { hash, session: session.id }),
    step(STATEMENTS.findSession, { session: session.id }),
  ]);
  if (!before || !("pollIntervalMs" in before)) return null;
  const { polledAt, pollIntervalMs, ...request } = before;
  const isSurplus = made !== undefined && "surplus" in made;
  return { request, polledAt, pollIntervalMs, isSurplus, session: made && "email" in made ? made : null };
}
