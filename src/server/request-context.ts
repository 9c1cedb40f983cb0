import type { Store } from "../ports/store.ts";
import type { SyncStore } from "../ports/sync.ts";
import type { System } from "../ports/system.ts";
import type { AccountServices } from "../services/accounts/account-deps.ts";
import type { OwnerSessions } from "../services/accounts/owner-sessions.ts";
import type { AdmitArrivals, CountSettled } from "../services/quotas/limit-writes.ts";
import type { ChangeNotifier } from "../services/sync/change-notifier.ts";
import type { Purge } from "../services/sync/purging.ts";
import type { Authenticate } from "../services/tokens/authenticate.ts";
import type { UserRegistry } from "../services/user-registry.ts";
import type { CheckHost } from "./http/host-check.ts";
import type { WaitForTurn } from "./http/turns.ts";
import type { AccountLimits } from "./limits/account-limits.ts";
import type { ConnectionPorts } from "./limits/connection-users.ts";
import type { RateLimit } from "./limits/rate-limit.ts";
import type { ConcurrencyLimit } from "./limits/concurrency-limit.ts";
import type { PageTable } from "./pages/page-file.ts";
import type { WebSettings } from "./web-settings.ts";

export type Pace = {
  /** Between two signs of life of a silent stream. */
  readonly keepAliveMs: number;
  /** Between two hints at least. */
  readonly throttleMs: number;
};

/** The server's dependencies. */
export type ServerDeps = {
  /** Writes through these two notify subscribers. */
  readonly store: Store;
  readonly sync: SyncStore;
  readonly users: UserRegistry;
  readonly notifier: ChangeNotifier;
  readonly purge: Purge;
  /** Which changes of a replica a user has room for. */
  readonly admit: AdmitArrivals;
  readonly countSettled: CountSettled;
  /** Open streams of hints and waiting requests, by user. */
  readonly streams: ConcurrencyLimit;
  readonly pace: Pace;
  /** For replies of some size and the pieces of long ones. */
  readonly waitForTurn: WaitForTurn;
  readonly system: System;
  readonly version: string;
  readonly authenticate: Authenticate;
  /** null if the server has no secret to sign tokens with. */
  readonly accounts: AccountServices | null;
  /** Sessions of the database's owner in the page. null if the server has no such owner, or others reach it. */
  readonly owner: OwnerSessions | null;
  /** Its settings if this server has a page in browsers. null for the API alone. */
  readonly web: WebSettings | null;
  readonly pages: PageTable;
  readonly limits: AccountLimits;
  /** The public base URL of this server. null: the address that the request was sent to. */
  readonly publicUrl: string | null;
  /** The path that all routes are below, such as `/todo`. Empty for the root. */
  readonly basePath: string;
  readonly limitUser: RateLimit;
  readonly limitAddress: RateLimit;
  /** Allowed origins of front ends in browsers, exactly as browsers send them. */
  readonly origins: readonly string[];
  /** Refuses requests for other hosts. */
  readonly checkHost: CheckHost;
  /** True for the address of a trusted proxy. Its `X-Forwarded-For` is believed. */
  readonly isTrustedProxy: (address: string) => boolean;
  /** The connections of this machine with their users, or an empty text where the system does not tell. */
  readonly readConnections: () => Promise<string>;
  /** Milliseconds to answer a request in. */
  readonly deadlineMs: number;
  readonly isDraining: () => boolean;
  readonly log: (entry: LogEntry) => void;
};

/** One line of the log. It never contains a token, a body or a query. */
export type LogEntry = {
  readonly request: string;
  readonly route: string;
  readonly status: number;
  /** Milliseconds. */
  readonly ms: number;
  readonly user: string | null;
  /** Why the token was refused, in one word of this server's own. The client is not told. */
  readonly refused?: string;
  /** Kind and place of a crash, without values. The client is told neither. */
  readonly error?: string;
};

/** One request on its way through the server, and the facts learned about it. */
export type RequestContext = {
  readonly request: Request;
  readonly id: string;
  readonly deps: ServerDeps;
  /** The address of the socket, or undefined without one, as in tests. */
  readonly readPeer: () => string | undefined;
  /** The ports of the connection, or undefined without a socket. */
  readonly readPorts: () => ConnectionPorts | undefined;
  /** Lets the connection be silent for so many seconds. 0 means for ever. */
  readonly allowSilence: (seconds: number) => void;
  /** Extends the deadline, for a client that wants to wait so long. */
  readonly extendDeadline: (byMs: number) => void;
  /** The user whom the token names, once it is known. For the log. */
  user: string | null;
};
