import { LRUCache } from "lru-cache";
import type { AccountStore } from "../../ports/accounts.ts";
import type { Authenticate } from "../tokens/authenticate.ts";
import { readBearer } from "../tokens/compact.ts";
import type { Identity } from "../tokens/identity.ts";
import { expiredToken, invalidToken } from "../tokens/refusals.ts";
import { type AccessClaims, type AccessTokens, isAccessToken } from "./access-tokens.ts";
import { createMemory } from "./cached-loader.ts";
import { hashSecret, isPersonalToken } from "./opaque-secrets.ts";

/** A session or token that was good is taken for good for so long, also when another server ends it. */
const CACHE_MAX_AGE_MS = 1000;
/** Between two notes that a token was used. */
const USE_NOTED_INTERVAL_MS = 60_000;
/** Sum of the lengths of all remembered tokens. */
const MAX_REMEMBERED_BYTES = 8 * 1024 * 1024;

const ISSUER = "todo";

export type Guard = {
  readonly authenticate: Authenticate;
  /** The same accounts. A session or token that is ended through them is refused here from then on. */
  readonly accounts: AccountStore;
};

/** Authenticates tokens of accounts here, and leaves all other tokens to `others`. `now` in Unix milliseconds. */
export function createGuard(
  accounts: AccountStore,
  tokens: AccessTokens,
  { others, now }: { readonly others: Authenticate; readonly now: () => number },
): Guard {
  const sessions = createMemory(
    async (id) => {
      const found = await accounts.findSession(id, now());
      if (!found) throw invalidToken("session");
      return found;
    },
    { maxAgeMs: CACHE_MAX_AGE_MS, now },
  );
  const programs = createMemory((hash) => findProgram(accounts, hash, now()), { maxAgeMs: CACHE_MAX_AGE_MS, now });
  const signed = new LRUCache<string, AccessClaims>({
    maxSize: MAX_REMEMBERED_BYTES,
    sizeCalculation: (_, { length }) => length,
  });

  const admitDevice = async (token: string): Promise<Identity> => {
    const claims = signed.get(token) ?? (await tokens.verify(token, now()));
    signed.set(token, claims);
    const { account, session, expiresAt } = claims;
    if (now() >= expiresAt * 1000) throw expiredToken();
    const found = await sessions.get(session);
    if (found.session.account !== account) throw invalidToken("session");
    return { user: account, issuer: ISSUER, email: found.email, name: null, scopes: null, expiresAt, session };
  };

  const admitProgram = async (token: string): Promise<Identity> => {
    const { identity, endsAt } = await programs.get(hashSecret(token));
    if (endsAt !== null && now() >= endsAt) throw invalidToken("exp");
    return identity;
  };

  return {
    authenticate: (authorization) => {
      const token = readBearer(authorization ?? "");
      if (isAccessToken(token)) return admitDevice(token);
      if (isPersonalToken(token)) return admitProgram(token);
      return others(authorization);
    },
    accounts: forgetting(accounts, () => {
      sessions.forget();
      programs.forget();
    }),
  };
}

/** The user of a personal token, and the end of the token in Unix milliseconds. */
type Program = { readonly identity: Identity; readonly endsAt: number | null };

async function findProgram(accounts: AccountStore, hash: string, now: number): Promise<Program> {
  const found = await accounts.findToken(hash, now);
  if (!found) throw invalidToken("unknown");
  const { token, email } = found;
  if (token.usedAt === null || now - token.usedAt > USE_NOTED_INTERVAL_MS) {
    // Programs can read even if the store can't be written at the moment.
    accounts.touchToken(token.id, now).catch(() => undefined);
  }
  const { account: user, scopes, expiresAt: endsAt } = token;
  const expiresAt = endsAt === null ? null : Math.floor(endsAt / 1000);
  return { identity: { user, issuer: ISSUER, email, name: null, scopes, expiresAt, session: null }, endsAt };
}

/** The same accounts. `forget` is called after each method that ends a session or a token. */
function forgetting(accounts: AccountStore, forget: () => void): AccountStore {
  const after = <Result>(work: Promise<Result>) => work.finally(forget);
  return {
    ...accounts,
    setPassword: (change) => after(accounts.setPassword(change)),
    setDisabled: (account, at) => after(accounts.setDisabled(account, at)),
    deleteAccount: (account) => after(accounts.deleteAccount(account)),
    endSession: (by, now) => after(accounts.endSession(by, now)),
    removeToken: (account, id) => after(accounts.removeToken(account, id)),
  };
}
