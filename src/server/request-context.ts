import type { Store } from "../ports/store.ts";
import type { SyncStore } from "../ports/sync.ts";
import type { System } from "../ports/system.ts";
import type { AccountDeps } from "../services/accounts/account-deps.ts";
import type { ChangeNotifier } from "../services/sync/change-notifier.ts";
import type { Purge } from "../services/sync/purging.ts";
import type { Authenticate } from "../services/tokens/authenticate.ts";
import type { UserRegistry } from "../services/user-registry.ts";
import type { RateLimit } from "./limits/rate-limit.ts";
import type { ConcurrencyLimit } from "./limits/concurrency-limit.ts";

/** Budgets of what strangers can try. */
export type AccountLimits = {
  /** Of an address. */
  readonly signIns: RateLimit;
  readonly signUps: RateLimit;
  readonly devices: RateLimit;
  /** Wrong passwords for an account from an address. */
  readonly failures: RateLimit;
  /** Wrong user codes of an account. */
  readonly guesses: RateLimit;
};

export type Pace = {
  /** Between two signs of life of a silent stream. */
  readonly keepAliveMs: number;
  /** Between two hints at least. */
  readonly foldMs: number;
};

/** What the server works with. */
export type ServerDeps = {
  /** The writes of these two notify. */
  readonly store: Store;
  readonly sync: SyncStore;
  readonly users: UserRegistry;
  readonly notifier: ChangeNotifier;
  readonly purge: Purge;
  /** Streams of hints that a user has open, and requests that wait. */
  readonly streams: ConcurrencyLimit;
  readonly pace: Pace;
  readonly system: System;
  readonly version: string;
  readonly authenticate: Authenticate;
  /** null where the server has no secret to sign tokens with. */
  readonly accounts: AccountDeps | null;
  readonly limits: AccountLimits;
  /** Where people reach this server, null for where they say that they do. */
  readonly publicUrl: string | null;
  readonly limitUser: RateLimit;
  readonly limitAddress: RateLimit;
  /** Origins of front ends in browsers that may call, exactly as browsers send them. */
  readonly origins: readonly string[];
  /** Whether an address is that of a proxy in front of the server, whose `X-Forwarded-For` is believed. */
  readonly isTrustedProxy: (address: string) => boolean;
  /** In which a request must be answered. */
  readonly deadlineMs: number;
  readonly isDraining: () => boolean;
  readonly log: (entry: LogEntry) => void;
};

/** One line of the log. Nothing of a token, a body or a query stands in it. */
export type LogEntry = {
  readonly request: string;
  readonly route: string;
  readonly status: number;
  /** Milliseconds. */
  readonly ms: number;
  readonly user: string | null;
  /** What went wrong where the client is told nothing: kind and place, no values. */
  readonly error?: string;
};

/** One request on its way through the server, with what becomes known of it. */
export type RequestContext = {
  readonly request: Request;
  readonly id: string;
  readonly deps: ServerDeps;
  /** The address of the socket, nothing where there is none as in tests. */
  readonly readPeer: () => string | undefined;
  /** Lets the connection be silent for so many seconds, 0 for ever. */
  readonly allowSilence: (seconds: number) => void;
  /** Puts the deadline off, for a client that wants to wait for so long. */
  readonly extendDeadline: (byMs: number) => void;
  /** Whom the token names, once that is known. For the log. */
  user: string | null;
};
