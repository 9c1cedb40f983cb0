import { z } from "zod";
import { isAccountId, TOKEN_SCOPES } from "../../domain/accounts.ts";
import { isBlank } from "../../domain/task/text.ts";
import { LOCAL_USER } from "../workspace.ts";
import type { IssuedIdentity } from "./identity.ts";
import { expiredToken, invalidToken } from "./refusals.ts";
import type { JsonObject } from "./strict-json.ts";

/** How far an issuer's clock may be ahead of this one when it writes `iat`. */
const MAX_AHEAD_S = 60;

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

const claimsShape = z.object({
  sub: subject,
  exp: z.int(),
  iat: z.int().optional(),
  nbf: z.int().optional(),
  iss: z.string().optional(),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
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
  /** By which the clocks may differ for `exp` and `nbf`. */
  readonly leewayS: number;
  /** Signed with a foreign key. Its user must not become the owner of this machine's own tasks. */
  readonly foreign: boolean;
};

/**
 * The identity in a token with a valid signature (RFC 7519, 4.1). `now` in Unix milliseconds. Throws `unauthorized` for
 * claims that are missing, malformed, meant for someone else, expired or not yet valid.
 */
export function readClaims(payload: JsonObject, rules: ClaimRules, now: number): IssuedIdentity {
  const parsed = claimsShape.safeParse(payload);
  if (!parsed.success || !isMeant(parsed.data, rules) || !isBegun(parsed.data, rules, now)) throw invalidToken();
  const { sub, iss, exp, email, name } = parsed.data;
  if (now >= (exp + rules.leewayS) * 1000) throw expiredToken();
  const scopes = readScopes(parsed.data);
  return { user: sub, issuer: iss ?? null, email, name, scopes, expiresAt: exp, session: null };
}

/**
 * The scopes of the first claim that names one of ours, or null without any such claim. Of Auth0's claims `scope` says
 * what the client may do, and `permissions` what its user could: the first must not be widened by the second.
 */
function readScopes({ scope, scp, permissions }: Claims): readonly string[] | null {
  const lists = [scope, scp, permissions].filter((list) => list !== undefined);
  return lists.find((list) => TOKEN_SCOPES.some((ours) => list.includes(ours))) ?? lists[0] ?? null;
}

function isMeant({ sub, iss, aud }: Claims, { issuer, audience, foreign }: ClaimRules): boolean {
  // Accounts here have tokens of their own, which end with their sessions.
  if (isAccountId(sub) || (foreign && sub === LOCAL_USER)) return false;
  return (issuer === null || iss === issuer) && (audience === null || aud?.includes(audience) === true);
}

function isBegun({ iat = 0, nbf = 0 }: Claims, { leewayS }: ClaimRules, now: number): boolean {
  return now >= (iat - MAX_AHEAD_S) * 1000 && now >= (nbf - leewayS) * 1000;
}
