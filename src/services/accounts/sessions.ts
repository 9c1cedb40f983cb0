import type { RenewedSession, Session } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { AccountDeps } from "./account-deps.ts";
import { grant, MAX_SESSION_AGE_MS, SESSION_LIFETIME_MS } from "./grants.ts";
import { type Grant } from "../../domain/accounts.ts";
import { hashSecret } from "./opaque-secrets.ts";
import { type RefreshToken, readRefreshToken, sealNext, unsealNext } from "./refresh-tokens.ts";

/** In which the token before is answered with the same next one: its answer may have been lost on the way. */
export const REPEAT_PERIOD_MS = 60_000;

/**
 * Renews a session by its refresh token, which is then used up (RFC 9700, 4.14.2). Throws `unauthorized` for an invalid
 * one. A token that was used up earlier has two holders, so its session is ended. One that was never issued ends nothing:
 * the id of a session is no secret.
 */
export async function renewSession(deps: AccountDeps, text: string): Promise<Grant> {
  const { accounts, refreshTokens, system } = deps;
  const given = readRefreshToken(text);
  // First, because anybody may ask: a token that is made up costs no write.
  if (!given || !(await wasIssued(deps, given))) throw overSession();
  const now = system.now();
  const next = await refreshTokens.make(given.session);
  const renewal = { from: hashSecret(given.text), to: hashSecret(next.text) };
  const stored = await accounts.renewSession({
    id: given.session,
    ...renewal,
    sealed: sealNext(next, given),
    now,
    expiresAt: now + SESSION_LIFETIME_MS,
    maxAgeMs: MAX_SESSION_AGE_MS,
  });
  if (!stored || stored.isEnded) throw overSession();
  const holder = { account: stored.session.account, email: stored.email };
  if (stored.token === renewal.to) return grant(deps, holder, next);
  const repeated = repeatAnswer(stored, given, now);
  if (repeated) return grant(deps, holder, repeated);
  await accounts.endSession({ id: given.session }, now);
  const { account, device } = stored.session;
  deps.record({ kind: "token_reuse", outcome: "failed", account, subject: device });
  throw overSession();
}

/**
 * Whether this server issued the token. One without a MAC, or with that of a secret which the server has no more, is known
 * while it is the current one of its session or the one before.
 */
async function wasIssued({ accounts, refreshTokens, system }: AccountDeps, given: RefreshToken): Promise<boolean> {
  if (await refreshTokens.isOurs(given)) return true;
  return accounts.hasRefreshToken({ session: given.session, token: hashSecret(given.text) }, system.now());
}

/** The next token that was made before, if that was a moment ago and from this very token. */
function repeatAnswer({ session, token, previous, sealed }: RenewedSession, given: RefreshToken, now: number) {
  if (sealed === null || previous !== hashSecret(given.text) || now - session.usedAt > REPEAT_PERIOD_MS) return null;
  const next = unsealNext(sealed, given);
  return hashSecret(next.text) === token ? next : null;
}

/** Ends the session of a refresh token, the current or an older one. Any other text ends nothing. */
export async function logOut(deps: AccountDeps, text: string): Promise<void> {
  const { accounts, system, record } = deps;
  const given = readRefreshToken(text);
  if (!given || !(await wasIssued(deps, given))) return;
  const now = system.now();
  const found = await accounts.findSession(given.session, now);
  if (!found || !(await accounts.endSession({ id: given.session }, now))) return;
  record({ kind: "sign_out", outcome: "ok", account: found.session.account, subject: found.session.device });
}

/** The devices of an account, the last used first. */
export function listSessions({ accounts, system }: AccountDeps, account: string): Promise<Session[]> {
  return accounts.listSessions(account, system.now());
}

/** Ends the session of a device. Throws `not_found`. */
export async function endSession(
  { accounts, system, record }: AccountDeps,
  account: string,
  id: string,
): Promise<void> {
  const now = system.now();
  const found = await accounts.findSession(id, now);
  if (!(await accounts.endSession({ id, account }, now))) {
    throw new TodoError("not_found", "there is no such session");
  }
  record({ kind: "session_end", outcome: "ok", account, ...(found && { subject: found.session.device }) });
}

export function overSession(): TodoError {
  return new TodoError("unauthorized", "the session is over", { hints: ["Log in again."] });
}
