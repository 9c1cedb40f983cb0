import {
  type Account,
  type AccountStore,
  type AuthEvent,
  type DeviceRequest,
  type NewSession,
  type PersonalToken,
  type Renewal,
  type Session,
} from "../../../src/ports/accounts.ts";
import { toAccountId } from "../../../src/domain/accounts.ts";
import { newId, OPENING } from "../stores/test-user.ts";

/** When the tests of accounts begin, in Unix milliseconds. */
export const NOW = OPENING;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export type DraftedToken = PersonalToken & { readonly hash: string };
export type DraftedRequest = DeviceRequest & { readonly hash: string; readonly pollIntervalMs: number };
/** What a device that asks wants to be given. */
export type DraftedPoll = Parameters<AccountStore["pollDeviceRequest"]>[1];

/** What stands for a secret: 64 hex digits, as the SHA-256 of nothing that is known. */
export function newHash(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toHex();
}

/** Somebody who was never there before. */
export function draftAccount(more: Partial<Account> = {}): Account {
  const id = toAccountId(newId());
  return { id, email: `${id}@example.org`, passwordHash: newHash(), createdAt: NOW, disabledAt: null, ...more };
}

export function draftSession(account: string, more: Partial<NewSession> = {}): NewSession {
  return {
    id: newId(),
    account,
    device: "laptop",
    token: newHash(),
    createdAt: NOW,
    usedAt: NOW,
    expiresAt: NOW + HOUR,
    ...more,
  };
}

/** The session without the hash of its token. */
export function plainSession({ id, account, device, createdAt, usedAt, expiresAt }: NewSession): Session {
  return { id, account, device, createdAt, usedAt, expiresAt };
}

/** From the first token of a session to the next, a minute later. */
export function draftRenewal({ id, token }: NewSession, more: Partial<Renewal> = {}): Renewal {
  const now = NOW + MINUTE;
  return {
    id,
    from: token,
    to: newHash(),
    sealed: newHash(),
    now,
    expiresAt: now + HOUR,
    maxAgeMs: 24 * HOUR,
    ...more,
  };
}

export function draftToken(account: string, more: Partial<DraftedToken> = {}): DraftedToken {
  return {
    id: newId(),
    account,
    name: "backup",
    scopes: ["tasks:read", "tasks:write"],
    last8: "12345678",
    createdAt: NOW,
    expiresAt: null,
    usedAt: null,
    hash: newHash(),
    ...more,
  };
}

/** The token without its hash. */
export function plainToken(token: DraftedToken): PersonalToken {
  const { id, account, name, scopes, last8, createdAt, expiresAt, usedAt } = token;
  return { id, account, name, scopes, last8, createdAt, expiresAt, usedAt };
}

/** A device that is to wait five seconds between two questions. */
export function draftRequest(more: Partial<DraftedRequest> = {}): DraftedRequest {
  return {
    device: "television",
    userCode: newHash().slice(0, 16),
    createdAt: NOW,
    expiresAt: NOW + 10 * MINUTE,
    decision: null,
    hash: newHash(),
    pollIntervalMs: 5000,
    ...more,
  };
}

/** The request without what people don't see of it. */
export function plainRequest({ device, userCode, createdAt, expiresAt, decision }: DraftedRequest): DeviceRequest {
  return { device, userCode, createdAt, expiresAt, decision };
}

/** A question of a device at a time, with the session that it is to be given then. */
export function draftPoll(now: number, more: Partial<DraftedPoll> = {}): DraftedPoll {
  return {
    id: newId(),
    token: newHash(),
    createdAt: now,
    usedAt: now,
    expiresAt: now + HOUR,
    slowDownMs: 5000,
    max: 0,
    ...more,
  };
}

/** A sign-in that went well. */
export function draftEvent(account: string, more: Partial<AuthEvent> = {}): AuthEvent {
  const from = { address: "192.0.2.1", network: "192.0.2.1" };
  return { account, at: NOW, kind: "sign_in", outcome: "ok", ...from, subject: null, ...more };
}

/** An account that is there. */
export async function signUp(accounts: AccountStore, more: Partial<Account> = {}): Promise<Account> {
  const account = draftAccount(more);
  await accounts.createAccount(account, { kind: "open" });
  return account;
}

/** A session that is there. */
export async function signIn(
  accounts: AccountStore,
  { id }: Account,
  more: Partial<NewSession> = {},
): Promise<NewSession> {
  const session = draftSession(id, more);
  if (!(await accounts.createSession(session, 0))) throw new Error("the session was not made");
  return session;
}

/** A token that is there. */
export async function addToken(
  accounts: AccountStore,
  { id }: Account,
  more: Partial<DraftedToken> = {},
): Promise<DraftedToken> {
  const token = draftToken(id, more);
  await accounts.createToken(token, 0);
  return token;
}

/** A device that waits. */
export async function addRequest(accounts: AccountStore, more: Partial<DraftedRequest> = {}): Promise<DraftedRequest> {
  const request = draftRequest(more);
  if (!(await accounts.createDeviceRequest(request))) throw new Error("the user code was taken");
  return request;
}

/** Decides on a device that waits, by a session of the account that ends then. */
export async function decideOn(
  accounts: AccountStore,
  { userCode }: Pick<DeviceRequest, "userCode">,
  { by, decision = "approved", now = NOW }: { by: Account; decision?: "approved" | "denied"; now?: number },
): Promise<boolean> {
  const { id: session } = await signIn(accounts, by);
  const isDecided = await accounts.decideDeviceRequest({ userCode, account: by.id, session, decision, now });
  await accounts.endSession({ id: session }, now);
  return isDecided;
}

/** A device that waits and was let in by an account, and has not asked since. */
export async function letIn(accounts: AccountStore, by: Account): Promise<DraftedRequest> {
  const request = await addRequest(accounts);
  if (!(await decideOn(accounts, request, { by }))) throw new Error("the device was not let in");
  return request;
}
