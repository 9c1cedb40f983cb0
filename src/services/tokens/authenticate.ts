import { LRUCache } from "lru-cache";
import { readClaims, rulesForForeign, rulesForOwn } from "./claims.ts";
import { type Compact, readBearer, readCompact } from "./compact.ts";
import type { Identity, IssuedIdentity } from "./identity.ts";
import { createKeySet } from "./key-set.ts";
import { type Fetch, loadKeySet } from "./load-key-set.ts";
import type { PublicKey } from "./public-keys.ts";
import { invalidToken, tokenNeeded } from "./refusals.ts";
import type { TokenSettings } from "./settings.ts";
import { readJsonObject } from "./strict-json.ts";
import { isSignedWith } from "./verify.ts";

/**
 * The sender of this Authorization header. It answers at once if it verified the same header before. It rejects, and
 * never throws, with `unauthorized`, or with `unavailable` if the keys can't be fetched.
 */
export type Authenticate = (authorization: string | null | undefined) => Promise<Identity> | Identity;

/** The same for tokens of other issuers only. */
export type AuthenticateIssued = (authorization: string | null | undefined) => Promise<IssuedIdentity> | IssuedIdentity;

/** `now` in Unix milliseconds. */
export type TokenMachine = { readonly now: () => number; readonly fetch: Fetch };

/** A verified header, its end in Unix milliseconds, and the foreign key that verified it. */
type Verified = { readonly identity: IssuedIdentity; readonly endsAt: number; readonly key: PublicKey | null };

/** Sum of the lengths of all remembered headers. */
const MAX_REMEMBERED_BYTES = 8 * 1024 * 1024;

/** Verifies tokens signed with one of the secrets (HS256) or with a key of the key set (other algorithms). */
export function createAuthenticator(settings: TokenSettings, { now, fetch }: TokenMachine): AuthenticateIssued {
  const { keySetUrl } = settings;
  const [ownRules, foreignRules] = [rulesForOwn(settings), rulesForForeign(settings)];
  const keySet = keySetUrl === null ? null : createKeySet(() => loadKeySet(keySetUrl, fetch), now);
  const secrets = settings.secrets.map((secret) => new TextEncoder().encode(secret));
  const remembered = new LRUCache<string, Verified>({
    maxSize: MAX_REMEMBERED_BYTES,
    sizeCalculation: (_, header) => header.length,
  });

  const findKey = async (token: Compact): Promise<PublicKey | null> => {
    if (token.header.alg === "HS256") {
      for (const secret of secrets) if (await isSignedWith(token, secret)) return null;
      throw invalidToken(secrets.length > 0 ? "signature" : "alg");
    }
    if (!keySet) throw invalidToken("alg");
    const key = await keySet.find(token.header);
    if (!(await isSignedWith(token, key.key))) throw invalidToken("signature");
    return key;
  };

  const verify = async (authorization: string): Promise<IssuedIdentity> => {
    const token = readCompact(readBearer(authorization));
    const payload = readJsonObject(token.payload);
    if (!payload) throw invalidToken("payload");
    const key = await findKey(token);
    const rules = key ? foreignRules : ownRules;
    const identity = readClaims(payload, rules, now());
    remembered.set(authorization, { identity, endsAt: (identity.expiresAt + rules.leewayS) * 1000, key });
    return identity;
  };

  return (authorization) => {
    if (!authorization) return Promise.reject(tokenNeeded());
    const known = remembered.get(authorization);
    if (known && now() < known.endsAt && (!known.key || keySet?.trusts(known.key))) return known.identity;
    return verify(authorization);
  };
}
