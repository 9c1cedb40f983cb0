import type { NewSession } from "../../../src/ports/accounts.ts";
import { hashSecret } from "../../../src/services/accounts/opaque-secrets.ts";
import { draftSession } from "../accounts/drafts.ts";
import { type AccountApi, HOUR } from "./account-api.ts";
import { makeUpRefreshToken } from "./forged-tokens.ts";

/** A session that was opened before refresh tokens proved themselves, and its token. */
export async function openOldSession(api: AccountApi, account: string, more: Partial<NewSession> = {}) {
  const now = api.clock.now;
  const session = draftSession(account, { createdAt: now, usedAt: now, expiresAt: now + HOUR, ...more });
  const refresh_token = makeUpRefreshToken(session.id);
  await api.accounts.createSession({ ...session, token: hashSecret(refresh_token) }, 0);
  return { id: session.id, refresh_token };
}
