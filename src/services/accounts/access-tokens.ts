import { SignJWT } from "jose";
import { z } from "zod";
import { isAccountId } from "../../domain/accounts.ts";
import { nameIssue, readCompact } from "../tokens/compact.ts";
import { expiredToken, invalidToken } from "../tokens/refusals.ts";
import { readJsonObject } from "../tokens/strict-json.ts";
import { isSignedWith } from "../tokens/verify.ts";
import { deriveKey } from "./derive-key.ts";

export const ACCESS_LIFETIME_S = 15 * 60;

const ISSUER = "todo";
const AUDIENCE = "todo";
/**
 * The secret signs no token directly. Tokens that other programs sign with it must not pass for ours, nor ours for
 * theirs.
 */
const LABEL = "todo access tokens 1";
/** In this order, so that all our tokens begin alike. */
const HEADER = { alg: "HS256", typ: "at+jwt", kid: "todo" } as const;

/** The beginning of every access token. */
const BEGINNING = `${new TextEncoder().encode(JSON.stringify(HEADER)).toBase64({ alphabet: "base64url", omitPadding: true })}.`;

const claimsShape = z.object({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  sub: z.string().refine(isAccountId),
  sid: z.guid(),
  jti: z.guid(),
  iat: z.int(),
  exp: z.int(),
});

/** The holder of an access token. `expiresAt` in Unix seconds. */
export type AccessClaims = { readonly account: string; readonly session: string; readonly expiresAt: number };

export type AccessTokens = {
  /** Signs a new token of a session. `now` in Unix milliseconds. */
  readonly sign: (holder: { readonly account: string; readonly session: string }, now: number) => Promise<string>;
  /** Throws `unauthorized` for a foreign or expired token. */
  readonly verify: (token: string, now: number) => Promise<AccessClaims>;
};

/** True if the text can only be an access token of ours, or a forged one. */
export function isAccessToken(token: string): boolean {
  return token.startsWith(BEGINNING);
}

/** Access tokens (RFC 9068, with HS256) of a server. The newest of its secrets signs, all verify. */
export function createAccessTokens(secrets: readonly string[]): AccessTokens {
  const keys = Promise.all(secrets.map((secret) => deriveKey(secret, LABEL)));
  return {
    sign: async ({ account, session }, now) => {
      const [key] = await keys;
      if (!key) throw new Error("a server without a secret has no accounts");
      const issuedAt = Math.floor(now / 1000);
      return new SignJWT({ sid: session, jti: crypto.randomUUID() })
        .setProtectedHeader(HEADER)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(account)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_LIFETIME_S)
        .sign(key);
    },
    verify: async (text, now) => {
      if (!isAccessToken(text)) throw invalidToken("header");
      const token = readCompact(text);
      if (!(await isSignedWithAny(token, await keys))) throw invalidToken("signature");
      const parsed = claimsShape.safeParse(readJsonObject(token.payload));
      if (!parsed.success) throw invalidToken(nameIssue(parsed.error) ?? "payload");
      const { sub, sid, exp } = parsed.data;
      if (now >= exp * 1000) throw expiredToken();
      return { account: sub, session: sid, expiresAt: exp };
    },
  };
}

async function isSignedWithAny(token: ReturnType<typeof readCompact>, keys: readonly CryptoKey[]): Promise<boolean> {
  for (const key of keys) if (await isSignedWith(token, key)) return true;
  return false;
}
