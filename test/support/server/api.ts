import { afterAll } from "bun:test";
import { SignJWT } from "jose";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { RemoteTask, Store } from "../../../src/ports/store.ts";
import { createApp } from "../../../src/server/app.ts";
import type { LogEntry, ServerDeps } from "../../../src/server/request-context.ts";
import type { AccountLimits } from "../../../src/server/limits/account-limits.ts";
import type { NetworkLimit } from "../../../src/server/limits/network-limit.ts";
import type { RateLimit } from "../../../src/server/limits/rate-limit.ts";
import { createUserRegistry } from "../../../src/services/user-registry.ts";
import { createUserTurns } from "../../../src/server/http/turns.ts";
import { createConcurrencyLimit } from "../../../src/server/limits/concurrency-limit.ts";
import { createChangeNotifier } from "../../../src/services/sync/change-notifier.ts";
import { PAGES } from "./pages.ts";
import { trustSecrets } from "./token-settings.ts";
import { createAuthenticator } from "../../../src/services/tokens/authenticate.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import { checkReply } from "./replies.ts";

/** Where the server of the tests would be. */
const PORT = 8787;
export const ORIGIN = `http://localhost:${PORT}`;

/** What the tokens of the tests are signed with and checked against. */
export const TOKENS = trustSecrets("kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t");

const HOUR_S = 3600;

/** What replicas follow where a test does not give the store's own. */
const elsewhere = openSqlite(":memory:");
/** Ends at once whatever waits for changes, where a test does not give its own. */
const silent = createChangeNotifier(() => Promise.resolve(0), 1000);
silent.close();
/** When an API opens, in Unix milliseconds. */
const START = Date.UTC(2026, 10, 20, 9);
export const UNLIMITED: RateLimit & NetworkLimit = {
  tryConsume: () => null,
  consume: () => undefined,
  restore: () => undefined,
};

/** Budgets that don't end. */
export const NO_LIMITS: AccountLimits = {
  passwordChecks: UNLIMITED,
  networkFailures: UNLIMITED,
  failures: UNLIMITED,
  accountFailures: UNLIMITED,
  lockouts: UNLIMITED,
  excessReplyMs: 0,
  signUps: UNLIMITED,
  devices: UNLIMITED,
  guesses: UNLIMITED,
};

/** What a token says beside its user and its times. */
export type Claims = Readonly<Record<string, unknown>>;

export type Ask = {
  /** Whose token goes with the request. `null` sends none. */
  readonly as?: string | null;
  readonly claims?: Claims;
  /** The address of the socket. */
  readonly peer?: string;
  /** The port of its other end. */
  readonly peerPort?: number;
  /** A value that is sent as JSON, or text that is sent as it is. */
  readonly json?: unknown;
  readonly text?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
  /** With which the client goes away. */
  readonly signal?: AbortSignal;
};

/** A reply that was found to be as the document says. `body` is its JSON. */
export type Replied = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
};

/** The API over a store, with a clock that the test moves. */
export type Api = ReturnType<typeof createApi>;

type More = Partial<ServerDeps> | ((clock: { readonly now: () => number }) => Partial<ServerDeps>);

/** Opens an API over a store of its own. What needs its clock is made by a function of that. */
export type OpenApi = (more?: More) => Api;

/** Opens APIs, in memory unless told otherwise, whose stores are closed after the last test of the file. */
export function useApis(openStore: () => Store = openInMemory): OpenApi {
  const stores: Store[] = [];
  afterAll(() => Promise.all(stores.map((store) => store.close())));
  return (more = {}) => {
    const api = createApi(more, openStore);
    stores.push(api.store);
    return api;
  };
}

/** A store in memory. */
export function openInMemory(): Store {
  return openSqlite(":memory:").store;
}

/** A store in memory of which some methods do something else. */
export function alterStore(alter: (store: Store) => Partial<Store>): Store {
  const store = openInMemory();
  return { ...store, ...alter(store) };
}

/** A token of the server's own secret, valid for an hour from `now` (Unix milliseconds). */
export function makeToken(user: string, now: number, claims: Claims = {}): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ sub: user, iat: issuedAt, exp: issuedAt + HOUR_S, ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(TOKENS.secrets[0]));
}

/** An id that has this handle: its random bits are the letters as digits, the first one the lowest (src/domain/task/handle.ts). */
export function idOf(handle: string): string {
  const letters = "bcdfghjklmnpqrstvwxz";
  let bits = 2n << 62n;
  for (const [place, letter] of handle.split("").entries())
    bits += BigInt(letters.indexOf(letter)) * 20n ** BigInt(place);
  const hex = bits.toString(16);
  return `019a9f3c-51c8-7000-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** An API whose store somebody else closes. Several can have one clock. */
export function createApi(more: More, openStore: () => Store, clock = { now: START }) {
  const system = {
    now: () => clock.now,
    today: () => "2026-11-20",
    timeZone: () => "UTC",
    newId: () => Bun.randomUUIDv7(),
  };
  const lines: LogEntry[] = [];
  const deps = {
    system,
    version: "1.2.3",
    authenticate: createAuthenticator(TOKENS, { now: system.now, fetch }),
    limitUser: UNLIMITED,
    limitAddress: UNLIMITED,
    origins: [],
    isTrustedProxy: () => false,
    readConnections: () => Promise.resolve(""),
    checkHost: () => undefined,
    sync: elsewhere.sync,
    notifier: silent,
    purge: () => Promise.resolve(),
    admit: (_: string, admitted: readonly RemoteTask[]) => Promise.resolve({ admitted, refused: [] }),
    countSettled: <Merged>(_: string, __: readonly RemoteTask[], merge: () => Promise<Merged>) => merge(),
    streams: createConcurrencyLimit(20),
    waitForTurn: createUserTurns(),
    pace: { keepAliveMs: 15_000, throttleMs: 200 },
    accounts: null,
    owner: null,
    web: { tokenUrl: null, signInUrl: null },
    pages: PAGES,
    limits: NO_LIMITS,
    publicUrl: null,
    basePath: "",
    deadlineMs: 15_000,
    isDraining: () => false,
    log: (line: LogEntry) => void lines.push(line),
    ...(typeof more === "function" ? more(system) : more),
  };
  const store = deps.store ?? openStore();
  const app = createApp({ users: createUserRegistry(store), ...deps, store });
  const tokenOf = (user: string, claims?: Claims) => makeToken(user, clock.now, claims);

  const send = async (method: string, path: string, ask: Ask = {}): Promise<Response> => {
    const { as = "ann", claims, peer, peerPort: port, json, text, headers, signal } = ask;
    const body = json === undefined ? text : JSON.stringify(json);
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: {
        ...(as !== null && { authorization: `Bearer ${await tokenOf(as, claims)}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    return app.fetch(
      request,
      peer === undefined
        ? undefined
        : { port: PORT, requestIP: () => ({ address: peer, ...(port !== undefined && { port }) }) },
    );
  };
  const ask = async (method: string, path: string, options?: Ask): Promise<Replied> =>
    checkReply(method, path, await send(method, path, options));

  return {
    app,
    store,
    clock,
    /** The log, one entry a request. */
    lines,
    tokenOf,
    /** Sends a request and answers what comes back as it is. */
    send,
    /** Sends a request to a route and checks what comes back against the document. */
    ask,
    /** A new task of Ann's, or of whom `as` names. */
    add: async (fields: Readonly<Record<string, unknown>> = {}, as = "ann"): Promise<WireTask> => {
      const { status, body } = await ask("POST", "/api/tasks", { as, json: { title: "Pay rent", ...fields } });
      if (status !== 201) throw new Error(`the task was not made: ${JSON.stringify(body)}`);
      return body;
    },
  };
}
