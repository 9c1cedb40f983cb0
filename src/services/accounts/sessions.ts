import type { RenewedSession, Session } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { AccountDeps } from "./account-deps.ts";
import { grant, SESSION_LIFETIME_MS } from "./grants.ts";
import { type Grant } from "../../domain/accounts.ts";
import {
  hashSecret,
  makeRefreshToken,
  type RefreshToken,
  readRefreshToken,
  sealNext,
  unsealNext,
} from "./opaque-secrets.ts";

/** In which the token before is answered with the same next one: its answer may have been lost on the way. */
const REPEAT_PERIOD_MS = 60_000;

/**
 * Renews a session by its refresh token, which is then used up (RFC 9700, 4.14.2). Throws `unauthorized` for an invalid
 * one. A token that was used up earlier has two holders, so its session is ended.
 */
export async function renewSession(deps: AccountDeps, text: string): Promise<Grant> {
  const { accounts, system } = deps;
  const given = readRefreshToken(text);
  if (!given) throw overSession();
  const now = system.now();
  const next = makeRefreshToken(given.session);
  const renewal = { from: hashSecret(given.text), to: hashSecret(next.text) };
  const stored = await accounts.renewSession({
    id: given.session,
    ...renewal,
    sealed: sealNext(next, given),
    now,
    expiresAt: now + SESSION_LIFETIME_MS,
  });
  if (!stored || stored.isEnded) throw overSession();
  const holder = { account: stored.session.account, email: stored.email };
  if (stored.token === renewal.to) return grant(deps, holder, next);
  const repeated = repeatAnswer(stored, given, now);
  if (repeated) return grant(deps, holder, repeated);
  await accounts.endSession({ id: given.session }, now);
  throw overSession();
}

/** The next token that was made before, if that was a moment ago and from this very token. */
function repeatAnswer({ session, token, previous, sealed }: RenewedSession, given: RefreshToken, now: number) {
  if (sealed === null || previous !== hashSecret(given.text) || now - session.usedAt > REPEAT_PERIOD_MS) return null;
  const next = unsealNext(sealed, given);
  return hashSecret(next.text) === token ? next : null;
}

/** Ends the session of a refresh token, the current or an older one. Any other text ends nothing. */
export async function logOut({ accounts, system }: AccountDeps, text: string): Promise<void> {
  const given = readRefreshToken(text);
  if (given) await accounts.endSession({ id: given.session }, system.now());
}

/** The devices of an account, the last used first. */
export function listSessions({ accounts, system }: AccountDeps, account: string): Promise<Session[]> {
  return accounts.listSessions(account, system.now());
}

/** Ends the session of a device. Throws `not_found`. */
export async function endSession({ accounts, system }: AccountDeps, account: string, id: string): Promise<void> {
  if (await accounts.endSession({ id, account }, system.now())) return;
  throw new TodoError("not_found", "there is no such session");
}

function overSession(): TodoError {
  return new TodoError("unauthorized", "the session is over", { hints: ["Log in again."] });
}
