import { DAY_MS } from "../../domain/durations.ts";
import type { Grant } from "../../domain/accounts.ts";
import type { NewSession } from "../../ports/accounts.ts";
import { ACCESS_LIFETIME_S } from "./access-tokens.ts";
import type { AccountDeps } from "./account-deps.ts";
import { hashSecret } from "./opaque-secrets.ts";
import type { RefreshToken } from "./refresh-tokens.ts";

/** Counted from its last renewal. */
export const SESSION_LIFETIME_MS = 60 * DAY_MS;
/** Counted from the sign-in. Otherwise a thief who renews in time would stay for ever (ASVS 5.0, 7.3.2). */
export const MAX_SESSION_AGE_MS = 180 * DAY_MS;

/** A session that is not stored yet, and its refresh token. */
export async function draftSession({ refreshTokens, system }: AccountDeps): Promise<{
  readonly session: Omit<NewSession, "account" | "device">;
  readonly refreshToken: RefreshToken;
}> {
  const now = system.now();
  const refreshToken = await refreshTokens.make(system.newId());
  return {
    session: {
      id: refreshToken.session,
      token: hashSecret(refreshToken.text),
      createdAt: now,
      usedAt: now,
      expiresAt: now + SESSION_LIFETIME_MS,
    },
    refreshToken,
  };
}

/** The grant of a stored session. */
export async function grant(
  { tokens, system }: AccountDeps,
  holder: { readonly account: string; readonly email: string },
  refreshToken: RefreshToken,
): Promise<Grant> {
  const { account, email } = holder;
  const { session, text } = refreshToken;
  const accessToken = await tokens.sign({ account, session }, system.now());
  return { account, email, session, accessToken, expiresIn: ACCESS_LIFETIME_S, refreshToken: text };
}
