import { LRUCache } from "lru-cache";
import type { PageGrant } from "../../domain/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { TokenSettings } from "../tokens/settings.ts";
import { signToken } from "../tokens/sign.ts";
import { LOCAL_USER } from "../workspace.ts";
import { ACCESS_LIFETIME_S } from "./access-tokens.ts";
import { SESSION_LIFETIME_MS } from "./grants.ts";
import { hashSecret, makeOwnerToken, makePageCode, readOwnerToken } from "./opaque-secrets.ts";
import { overSession, REPEAT_PERIOD_MS } from "./sessions.ts";

export const PAGE_CODE_LIFETIME_MS = 60_000;

/** Only the owner makes them, so a few are enough. The least recently used goes first. */
const MAX_CODES = 100;
const MAX_SESSIONS = 100;

/** Of the name that stands for the database. */
const NAME_CHARACTERS = 12;

/**
 * Sessions in the page of whoever owns the server's database and has no account in it. They are in memory: once the server has
 * ended, a cookie that somebody took is good for nothing.
 */
export type OwnerSessions = {
  /** A new code that opens one session within a minute. */
  readonly createCode: () => string;
  /** Throws `unauthorized` for a code that was used, is too old or was never made. */
  readonly open: (code: string) => Promise<PageGrant>;
  /** A refresh token is good once. For a minute it is answered with the same next one. Throws `unauthorized`. */
  readonly renew: (refreshToken: string) => Promise<PageGrant>;
  readonly end: (refreshToken: string) => void;
};

type OwnerDeps = {
  readonly tokens: TokenSettings;
  /** Two databases that are served at one address must not share what the page keeps. */
  readonly readDatabaseId: () => Promise<string>;
  readonly now: () => number;
};

/** A browser of the owner. */
type OwnerSession = {
  readonly current: string;
  /** The refresh token before. */
  readonly previous: string | null;
  readonly renewedAt: number;
};

export function createOwnerSessions({ tokens, readDatabaseId, now }: OwnerDeps): OwnerSessions {
  const codes = new LRUCache<string, number>({ max: MAX_CODES });
  const sessions = new LRUCache<string, OwnerSession>({ max: MAX_SESSIONS });

  const grant = async (session: string, refreshToken: string): Promise<PageGrant> => {
    const expiresIn = Math.min(ACCESS_LIFETIME_S, tokens.maxLifetimeS ?? ACCESS_LIFETIME_S);
    return {
      account: `${LOCAL_USER}-${hashSecret(await readDatabaseId()).slice(0, NAME_CHARACTERS)}`,
      user: LOCAL_USER,
      email: null,
      session,
      accessToken: await signToken(tokens, { user: LOCAL_USER, lifetimeS: expiresIn }, now()),
      expiresIn,
      refreshToken,
    };
  };
  const rotate = (id: string, previous: string | null): Promise<PageGrant> => {
    const current = makeOwnerToken(id);
    sessions.set(id, { current, previous, renewedAt: now() });
    return grant(id, current);
  };

  return {
    createCode: () => {
      const code = makePageCode();
      codes.set(hashSecret(code), now() + PAGE_CODE_LIFETIME_MS);
      return code;
    },
    open: async (code) => {
      const hash = hashSecret(code);
      const expiresAt = codes.get(hash);
      codes.delete(hash);
      if (expiresAt === undefined || now() >= expiresAt) throw overCode();
      return rotate(crypto.randomUUID(), null);
    },
    renew: async (text) => {
      const id = readOwnerToken(text) ?? "";
      const session = sessions.get(id);
      if (!session || now() - session.renewedAt >= SESSION_LIFETIME_MS) throw overSession();
      if (isSame(text, session.current)) return rotate(id, text);
      if (!isSame(text, session.previous)) throw overSession();
      if (now() - session.renewedAt <= REPEAT_PERIOD_MS) return grant(id, session.current);
      // It has two holders, and one of them may be a thief.
      sessions.delete(id);
      throw overSession();
    },
    end: (text) => {
      const id = readOwnerToken(text) ?? "";
      const session = sessions.get(id);
      if (session && (isSame(text, session.current) || isSame(text, session.previous))) sessions.delete(id);
    },
  };
}

/** Compares hashes, so that the time tells nothing of the secret. */
function isSame(given: string, stored: string | null): boolean {
  return stored !== null && hashSecret(given) === hashSecret(stored);
}

function overCode(): TodoError {
  return new TodoError("unauthorized", "the code was used or is older than a minute", {
    hints: ["Run again: todo web"],
  });
}
