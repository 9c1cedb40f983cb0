import { z } from "zod";
import { isAccountId, TOKEN_SCOPES } from "../../domain/accounts.ts";
import { isBlank } from "../../domain/task/text.ts";
import { LOCAL_USER } from "../workspace.ts";
import type { IssuedIdentity } from "./identity.ts";
import { nameIssue } from "./compact.ts";
import { expiredToken, invalidToken } from "./refusals.ts";
import type { TokenSettings } from "./settings.ts";
import type { JsonObject } from "./strict-json.ts";

/** How far an issuer's clock may be ahead of this one when it writes `iat`. */
const MAX_AHEAD_S = 60;
/** How long tokens of a key set may be good in all, if no setting says otherwise. */
const FOREIGN_LIFETIME_S = 24 * 60 * 60;

/** 1 to 128 printable code points, without white space at the ends. The `u` counts code points. */
const PRINTABLE = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,128}(?<!\s)$/u;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** Names between single spaces (RFC 6749, 3.3), or nothing, which allows nothing. */
const SCOPES = /^(?:[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*)?$/;

const scopeText = z
  .string()
  .regex(SCOPES)
  .transform((text) => text.split(" ").filter(Boolean));
/** As Entra, Okta and Auth0 write them. */
const scopeList = z.union([scopeText, z.array(z.string().regex(SCOPE))]);

/** A user's name in a token. It becomes the owner of rows and is printed in logs. */
export const subject = z
  .string()
  .regex(PRINTABLE)
  .refine((name) => !isBlank(name));

const shown = z.string().nullable().catch(null);

/**
 * A moment in seconds, with or without a fraction (RFC 7519, 2). Later ones than the year 9999 have no four-digit year in
 * ISO 8601, and nobody means them.
 */
const moment = z.number().max(253_402_300_799);

const claimsShape = z.object({
  sub: subject,
  exp: moment,
  iat: moment.optional(),
  nbf: moment.optional(),
  iss: z.string().optional(),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  azp: z.string().optional().catch(undefined),
  scope: scopeText.optional(),
  scp: scopeList.optional(),
  permissions: scopeList.optional(),
  email: shown,
  name: shown,
});

type Claims = z.infer<typeof claimsShape>;

export type ClaimRules = {
  /** Checked unless null. */
  readonly issuer: string | null;
  /** Checked unless null. */
  readonly audience: string | null;
  /** One of them must be the `azp`. Checked unless null. */
  readonly parties: readonly string[] | null;
  /** By which the clocks may differ for `exp` and `nbf`. */
  readonly leewayS: number;
  readonly maxLifetimeS: number;
  /** Signed with a foreign key. Its user must not become the owner of this machine's own tasks. */
  readonly foreign: boolean;
};

/** The rules for tokens of the secret. Who knows it decides how long they are good. */
export function rulesForOwn({ issuer, audience, maxLifetimeS }: TokenSettings): ClaimRules {
  return { issuer, audience, parties: null, leewayS: 0, maxLifetimeS: maxLifetimeS ?? Infinity, foreign: false };
}

/** The rules for tokens of the key set. A stolen one is good until it ends, because its issuer is not asked. */
export function rulesForForeign({ maxLifetimeS, ...settings }: TokenSettings): ClaimRules {
  const { issuer, audience, parties, leewayS } = settings;
  return { issuer, audience, parties, leewayS, maxLifetimeS: maxLifetimeS ?? FOREIGN_LIFETIME_S, foreign: true };
}

/**
 * The identity in a token with a valid signature (RFC 7519, 4.1). `now` in Unix milliseconds. Throws `unauthorized` for
 * claims that are missing, malformed, meant for someone else or not yet valid, and `token_expired`.
 */
export function readClaims(payload: JsonObject, rules: ClaimRules, now: number): IssuedIdentity {
  const parsed = claimsShape.safeParse(payload);
  if (!parsed.success) throw invalidToken(nameIssue(parsed.error) ?? "payload");
  const claims = parsed.data;
  const wrong = findStrangeClaim(claims, rules) ?? findUntimelyClaim(claims, rules, now / 1000);
  if (wrong !== null) throw invalidToken(wrong);
  const { sub, iss, exp, email, name } = claims;
  if (now >= (exp + rules.leewayS) * 1000) throw expiredToken();
  return { user: sub, issuer: iss ?? null, email, name, scopes: readScopes(claims), expiresAt: exp, session: null };
}

/**
 * The scopes of a token, or null if it has none of the three claims. An empty `scope` or `scp` allows nothing, whatever
 * else is there. Otherwise the first of `scope`, `scp` and `permissions` that names one of our scopes counts, and no
 * later one widens it. So `permissions` counts if `scope` names only others', such as `openid profile email` of Auth0.
 */
function readScopes({ scope, scp, permissions }: Claims): readonly string[] | null {
  if (scope?.length === 0 || scp?.length === 0) return [];
  const lists = [scope, scp, permissions].filter((list) => list !== undefined);
  return lists.find((list) => TOKEN_SCOPES.some((ours) => list.includes(ours))) ?? lists[0] ?? null;
}

/** The claim that shows that the token is not for this server, or null. */
function findStrangeClaim({ sub, iss, aud, azp = "" }: Claims, rules: ClaimRules): string | null {
  const { issuer, audience, parties, foreign } = rules;
  // Accounts here have tokens of their own, which end with their sessions.
  if (isAccountId(sub) || (foreign && sub === LOCAL_USER)) return "sub";
  if (issuer !== null && iss !== issuer) return "iss";
  if (audience !== null && aud?.includes(audience) !== true) return "aud";
  return (parties?.includes(azp) ?? true) ? null : "azp";
}

/** The claim that shows that the token is not valid yet, or `lifetime` if it is for too long. `now` in Unix seconds. */
function findUntimelyClaim(claims: Claims, rules: ClaimRules, now: number): string | null {
  const { exp, iat = now, nbf = now } = claims;
  if (now < iat - MAX_AHEAD_S) return "iat";
  if (now < nbf - rules.leewayS) return "nbf";
  return exp - iat > rules.maxLifetimeS ? "lifetime" : null;
}
