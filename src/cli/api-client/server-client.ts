import { hasCode, isUnauthorized, TodoError } from "../../domain/errors.ts";
import { backOff, retry } from "../../domain/waiting.ts";
import { type ReadReply, readGrant, type WireGrant } from "../../contract/server-replies.ts";
import {
  type Credential,
  credentialsPath,
  findCredential,
  keepCredential,
  requireCredential,
} from "../auth/credentials.ts";
import type { Io } from "../platform/io.ts";
import { type Ask, askServer } from "./connection.ts";
import { hostOf } from "../config/resolve-server.ts";

/** A token is renewed so long before its end. */
const RENEW_BEFORE_MS = 60_000;
/** All attempts to renew and the delays between them take less than the lock is respected for. */
const RENEWAL_TIMEOUT_MS = 2500;
const RENEWAL = { maxAttempts: 3, delayMs: backOff({ firstMs: 500, maxMs: 1000 }) };

/** A server, asked as the user of the credential. */
export type ServerClient = {
  readonly ask: <Value>(read: ReadReply<Value>, ask: Omit<Ask, "token">) => Promise<Value>;
  /** A valid token. */
  readonly freshToken: () => Promise<string>;
};

/**
 * Opens a server with TODO_TOKEN or the stored credential. Throws `unauthorized` if there is neither. Nothing is sent
 * yet.
 */
export async function openServer(io: Io, server: string): Promise<ServerClient> {
  const given = io.env["TODO_TOKEN"];
  let credential: Credential = given ? { token: given } : (await requireCredential(io, server)).credential;
  const renew = async () => {
    credential = await renewCredential(io, server, credential);
    return credential.token;
  };
  const freshToken = async () => (isEnding(credential, io.system.now()) ? renew() : credential.token);
  return {
    freshToken,
    ask: async (read, ask) => {
      const token = await freshToken();
      try {
        return await askServer(io, server, read, { ...ask, token });
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
        if (credential.refreshToken === undefined) throw refusedToken(server, given ? "TODO_TOKEN" : undefined, error);
        return askServer(io, server, read, { ...ask, token: await renew() });
      }
    },
  };
}

/** The stored part of a grant. */
export function toCredential({ access_token, refresh_token, expires_in, user }: WireGrant, now: number): Credential {
  return {
    token: access_token,
    refreshToken: refresh_token,
    expiresAt: new Date(now + expires_in * 1000).toISOString(),
    user: user.id,
    email: user.email,
  };
}

/** One process after another. Of ten that need a new token the first fetches it, and the others find it. */
async function renewCredential(io: Io, server: string, old: Credential): Promise<Credential> {
  return io.withFileLock(`${credentialsPath(io)}.renewal`, async () => {
    const { credential } = (await findCredential(io, server)) ?? { credential: old };
    if (credential.token !== old.token || credential.refreshToken === undefined) return credential;
    const grant = await askForGrant(io, server, credential.refreshToken);
    const renewed = toCredential(grant, io.system.now());
    await keepCredential(io, server, renewed);
    return renewed;
  });
}

/** Repeats after a lost answer: for a minute the server gives the same one. */
async function askForGrant(io: Io, server: string, refreshToken: string): Promise<WireGrant> {
  const json = { refresh_token: refreshToken };
  const ask = { method: "POST", path: "/api/auth/refresh", json, timeoutMs: RENEWAL_TIMEOUT_MS } as const;
  const isRetryable = (error: unknown) => hasCode(error, "unavailable");
  const timers = { now: io.system.now, sleep: Bun.sleep };
  try {
    return await retry(() => askServer(io, server, readGrant, ask), { ...RENEWAL, isRetryable }, timers);
  } catch (error) {
    throw isUnauthorized(error) ? overSession(server, error) : error;
  }
}

/** A token without a known end is used until it is refused. */
function isEnding({ refreshToken, expiresAt }: Credential, now: number): boolean {
  return refreshToken !== undefined && expiresAt !== undefined && Date.parse(expiresAt) - now < RENEW_BEFORE_MS;
}

function overSession(server: string, cause: unknown): TodoError {
  return new TodoError("unauthorized", `your session at ${hostOf(server)} has ended`, {
    hints: [`Log in again: todo login ${server}`],
    cause,
  });
}

function refusedToken(server: string, source: string | undefined, cause: unknown): TodoError {
  const hint = source === undefined ? `Log in again: todo login ${server}` : `Set ${source} to another one.`;
  return new TodoError("unauthorized", `${hostOf(server)} refuses the token${source ? ` of ${source}` : ""}`, {
    hints: [hint],
    cause,
  });
}
