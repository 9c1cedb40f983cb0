import { LRUCache } from "lru-cache";
import type { AccountStore } from "../../ports/accounts.ts";
import type { Authenticate } from "../tokens/authenticate.ts";
import { readBearer } from "../tokens/compact.ts";
import type { Identity } from "../tokens/identity.ts";
import { expiredToken, invalidToken } from "../tokens/refusals.ts";
import { type AccessClaims, type AccessTokens, isAccessToken } from "./access-tokens.ts";
import { createMemory, type Memory } from "./cached-loader.ts";
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
    accounts: forgetting(accounts, { sessions, programs }),
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

/** What is remembered of sessions by their ids, and of tokens by their hashes. */
type Memories = {
  readonly sessions: Pick<Memory<unknown>, "forget" | "forgetAll">;
  readonly programs: Pick<Memory<unknown>, "forgetAll">;
};

/**
 * The same accounts. What a method may have ended is forgotten after it, also if it failed. All else is kept, or one could make
 * the server look for everybody again.
 */
function forgetting(accounts: AccountStore, { sessions, programs }: Memories): AccountStore {
  const forgetAll = () => {
    sessions.forgetAll();
    programs.forgetAll();
  };
  return {
    ...accounts,
    setPassword: (change) => accounts.setPassword(change).finally(forgetAll),
    setDisabled: (account, at) => accounts.setDisabled(account, at).finally(forgetAll),
    deleteAccount: (account) => accounts.deleteAccount(account).finally(forgetAll),
    endSession: (by, now) => accounts.endSession(by, now).finally(() => sessions.forget(by.id)),
    removeToken: async (account, id) => {
      let wasThere = true;
      try {
        wasThere = await accounts.removeToken(account, id);
        return wasThere;
      } finally {
        if (wasThere) programs.forgetAll();
      }
    },
  };
}
