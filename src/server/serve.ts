import type { AccountStore } from "../ports/accounts.ts";
import type { Store } from "../ports/store.ts";
import type { SyncStore } from "../ports/sync.ts";
import type { UsageStore } from "../ports/usage.ts";
import type { System } from "../ports/system.ts";
import { createAccessTokens } from "../services/accounts/access-tokens.ts";
import { createEventLog, type EventLog } from "../services/accounts/event-log.ts";
import { createGuard } from "../services/accounts/authenticate.ts";
import { finishInterruptedDeletions } from "../services/accounts/interrupted-deletions.ts";
import { createOwnerSessions, type OwnerSessions } from "../services/accounts/owner-sessions.ts";
import { createPasswords } from "../services/accounts/passwords.ts";
import { createRefreshTokens } from "../services/accounts/refresh-tokens.ts";
import { limitRequests } from "../services/quotas/limit-requests.ts";
import { createAdmission, createSettledCount, limitCommits } from "../services/quotas/limit-writes.ts";
import { createUsageMeter } from "../services/quotas/usage-meter.ts";
import { createChangeNotifier } from "../services/sync/change-notifier.ts";
import { createPurge } from "../services/sync/purging.ts";
import { createUserRegistry } from "../services/user-registry.ts";
import { notifyAfterWrites } from "../services/sync/notify-after-writes.ts";
import { type Authenticate, createAuthenticator } from "../services/tokens/authenticate.ts";
import type { TokenSettings } from "../services/tokens/settings.ts";
import { LOCAL_USER } from "../services/workspace.ts";
import { isLoopback } from "../domain/loopback.ts";
import { createApp } from "./app.ts";
import { createAccountLimits } from "./limits/account-limits.ts";
import type { Pace } from "./request-context.ts";
import { type Budget, createRateLimit, perMinute } from "./limits/rate-limit.ts";
import { createHostCheck } from "./http/host-check.ts";
import { createUserTurns } from "./http/turns.ts";
import { createRequestLog } from "./http/request-log.ts";
import { listPageFiles } from "./pages/files.ts";
import type { PageTable } from "./pages/page-file.ts";
import { explainListenError } from "./listen-error.ts";
import { readConnections } from "./limits/connection-users.ts";
import { createConcurrencyLimit } from "./limits/concurrency-limit.ts";
import { readServerSettings, type ServerSettings } from "./settings.ts";

/** In which a request is answered, and for which a stopping server waits for the last ones. */
const REQUEST_TIMEOUT_MS = 15_000;
const DRAIN_TIMEOUT_MS = 10_000;
/** Bun cuts a silent connection without an answer, so the deadline must come first. */
const IDLE_TIMEOUT_S = 30;

const STREAMS_OF_A_USER = 20;
/** Some proxies cut off what is silent for half a minute. */
const PACE = { pollMs: 1000, keepAliveMs: 15_000, throttleMs: 200 };

/**
 * An oversized request is refused as a problem like any other, before it is read. Bun's own limit would give no reason.
 */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export type ServeOptions = {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly usage: UsageStore;
  readonly system: System;
  readonly version: string;
  readonly tokens: TokenSettings;
  /** The secrets that sign the tokens of accounts here, the newest first. Without any there are no accounts. */
  readonly accountSecrets: readonly string[];
  /** True for a database of one's own, whose owner `todo web` can sign in. */
  readonly isOwned?: boolean;
  /** The files of the page in browsers, with the policy for this place of tokens. Without it the server has no such page. */
  readonly listWebFiles?: (tokenUrl: string | null) => PageTable;
  /** True if nobody told this server anything, so that a public name that leads to it is not its own. */
  readonly isUnnamed?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (text: string) => void;
  /** The pace of streams, and the interval of polls for writes of other processes. */
  readonly pace?: Pace & { readonly pollMs: number };
};

/** A running server. */
export type Running = {
  readonly url: string;
  /** Refuses new work, waits for work under way (10 s at most), and ends. */
  readonly stop: () => Promise<void>;
};

/** Starts the HTTP API. Throws `usage` for invalid settings and for an address that can't be used. */
export function serve(options: ServeOptions): Running {
  const { host, port, sync, system, version, tokens, env, log, listWebFiles, pace = PACE } = options;
  const { origins, isTrustedProxy, publicUrl, basePath, web, ...settings } = readServerSettings(env, host);
  // Budgets must not depend on a clock that can be set.
  const monotonic = () => performance.now();
  const limit = (budget: Budget) => createRateLimit(budget, monotonic);
  const others = createAuthenticator(tokens, { now: system.now, fetch });
  const writeLine = createRequestLog(log, system.now);
  const events = createEventLog({ accounts: options.accounts, now: system.now, write: writeLine });
  const accounts = openAccounts(options, { others, signup: settings.signup, quotas: settings.quotas, events });
  const notifier = createChangeNotifier((user) => sync.revision(user), pace.pollMs);
  let draining = false;
  const meter = createUsageMeter(options.usage, settings.quotas, monotonic);
  const stores = notifyAfterWrites({ sync, store: limitRequests(limitCommits(options.store, meter)) }, notifier);
  const app = createApp({
    ...stores,
    users: createUserRegistry(stores.store),
    notifier,
    purge: createPurge({ sync, now: system.now }),
    admit: createAdmission(options.usage, meter),
    countSettled: createSettledCount(meter),
    streams: createConcurrencyLimit(STREAMS_OF_A_USER),
    pace,
    waitForTurn: createUserTurns(),
    system,
    version,
    origins,
    isTrustedProxy,
    checkHost: createHostCheck(host, publicUrl, options.isUnnamed),
    readConnections,
    publicUrl,
    basePath,
    authenticate: accounts?.authenticate ?? others,
    accounts: accounts?.deps ?? null,
    owner: publicUrl === null ? openOwnerSessions(options) : null,
    web: listWebFiles ? web : null,
    pages: listPageFiles(listWebFiles?.(web.tokenUrl) ?? null),
    limits: createAccountLimits(settings, monotonic),
    limitUser: limit(perMinute(settings.userLimit)),
    limitAddress: limit(perMinute(settings.addressLimit)),
    deadlineMs: REQUEST_TIMEOUT_MS,
    isDraining: () => draining,
    log: writeLine,
  });
  const server = listen(host, port, app.fetch);
  const stopFinishing = finishInterruptedDeletions(options.accounts);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${server.port}${basePath}`,
    stop: async () => {
      draining = true;
      stopFinishing();
      notifier.close();
      await Promise.race([server.stop().then(events.settled), Bun.sleep(DRAIN_TIMEOUT_MS)]);
      await server.stop(true);
      // The log writes its last lines in the next turn of the event loop.
      await Bun.sleep(0);
    },
  };
}

/** The accounts of this server and their authentication, or null if there is no secret to sign their tokens with. */
function openAccounts(
  { accounts, accountSecrets, system }: ServeOptions,
  {
    others,
    ...more
  }: { readonly others: Authenticate; readonly events: EventLog } & Pick<ServerSettings, "signup" | "quotas">,
) {
  if (accountSecrets.length === 0) return null;
  const tokens = createAccessTokens(accountSecrets);
  const guard = createGuard(accounts, tokens, { others, now: system.now });
  const refreshTokens = createRefreshTokens(accountSecrets);
  const deps = { accounts: guard.accounts, passwords: createPasswords(), tokens, refreshTokens, system, ...more };
  return { deps, authenticate: guard.authenticate };
}

/**
 * The sessions of the database's owner, or null if others reach the server or it has no secret for the owner's tokens. One with a
 * public address is reached by others, too.
 */
function openOwnerSessions({ isOwned = false, host, tokens, sync, system }: ServeOptions): OwnerSessions | null {
  if (!isOwned || !isLoopback(host) || tokens.secrets.length === 0) return null;
  const readDatabaseId = async () => (await sync.precheck(LOCAL_USER, { head: null, arrivals: [] })).databaseId;
  return createOwnerSessions({ tokens, readDatabaseId, now: system.now });
}

function listen(hostname: string, port: number, fetch: ReturnType<typeof createApp>["fetch"]) {
  try {
    // In development Bun would show the failing source to every client.
    return Bun.serve({
      hostname,
      port,
      idleTimeout: IDLE_TIMEOUT_S,
      development: false,
      maxRequestBodySize: UNLIMITED,
      // Otherwise a second server could share the port of the first, and requests would go to either.
      reusePort: false,
      fetch,
    });
  } catch (cause) {
    throw explainListenError(cause, hostname, port);
  }
}
