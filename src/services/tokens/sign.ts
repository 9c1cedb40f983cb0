import { SignJWT } from "jose";
import { TodoError } from "../../domain/errors.ts";
import { subject } from "./claims.ts";
import type { TokenSettings } from "./settings.ts";

export type NewToken = { readonly user: string; readonly lifetimeS: number };

/**
 * Signs a token of our own (RFC 7519, HS256 with the newest secret). `now` in Unix milliseconds. Throws `usage` if
 * there is no secret, `invalid_input` for a user or lifetime that would make the token invalid.
 */
export async function signToken(settings: TokenSettings, { user, lifetimeS }: NewToken, now: number): Promise<string> {
  const [secret] = settings.secrets;
  if (secret === undefined) {
    throw new TodoError("usage", "there is no secret to sign tokens with", {
      hints: ["Set BETTER_AUTH_SECRET. Make one with: openssl rand -base64 32"],
    });
  }
  if (!subject.safeParse(user).success) {
    throw new TodoError("invalid_input", "the user's name is not 1 to 128 printable characters");
  }
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + Math.min(lifetimeS, settings.maxLifetimeS ?? lifetimeS);
  if (lifetimeS < 1 || !Number.isSafeInteger(expiresAt)) {
    throw new TodoError("invalid_input", "the lifetime is not a whole number of seconds");
  }
  const { issuer, audience } = settings;
  return new SignJWT({ ...(issuer !== null && { iss: issuer }), ...(audience !== null && { aud: audience }) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(user)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret));
}
