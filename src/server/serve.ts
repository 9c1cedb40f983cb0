import { codeOf, TodoError } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import type { Surroundings } from "../domain/surroundings.ts";
import { createAuthenticator } from "../services/tokens/authenticate.ts";
import type { TokenSettings } from "../services/tokens/settings.ts";
import { createApp } from "./app.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createRequestLog } from "./request-log.ts";
import { readServerSettings } from "./settings.ts";

/** Milliseconds in which a request is answered, and those that a stopping server waits for the last ones. */
const DEADLINE_MS = 15_000;
const DRAIN_MS = 10_000;
/** Seconds. Bun cuts a silent connection without an answer, so the deadline must come first. */
const IDLE_TIMEOUT_S = 30;

/** What is too large is refused as a problem like any other, before it is read. Bun's own limit would say nothing. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program has it",
  EACCES: "you are not allowed to",
  EADDRNOTAVAIL: "this machine has no such address",
  EINVAL: "it is no address",
};

export type ServeOptions = {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly around: Surroundings;
  readonly version: string;
  readonly tokens: TokenSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (text: string) => void;
};

/** A server that answers. */
export type Running = {
  readonly url: string;
  /** Refuses new work, waits for what is under way (10 s at most), and ends. */
  readonly stop: () => Promise<void>;
};

/** Starts the HTTP API. Throws `usage` for settings that are not understood and where the address can't be had. */
export function serve({ host, port, store, around, version, tokens, env, log }: ServeOptions): Running {
  const { origins, proxies, userLimit, addressLimit } = readServerSettings(env, host);
  // Budgets don't depend on a clock that can be set.
  const monotonic = () => performance.now();
  let draining = false;
  const app = createApp({
    store,
    around,
    version,
    origins,
    proxies,
    authenticate: createAuthenticator(tokens, { now: around.now, fetch }),
    limitUser: createRateLimit(userLimit, monotonic),
    limitAddress: createRateLimit(addressLimit, monotonic),
    deadline: DEADLINE_MS,
    isDraining: () => draining,
    log: createRequestLog(log, around.now),
  });
  const server = listen(host, port, app.fetch);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${server.port}`,
    stop: async () => {
      draining = true;
      await Promise.race([server.stop(), Bun.sleep(DRAIN_MS)]);
      await server.stop(true);
      // The log writes its last lines in the next turn of the event loop.
      await Bun.sleep(0);
    },
  };
}

function listen(hostname: string, port: number, fetch: ReturnType<typeof createApp>["fetch"]) {
  try {
    // In development Bun would show the source of what failed to whoever asks.
    return Bun.serve({
      hostname,
      port,
      idleTimeout: IDLE_TIMEOUT_S,
      development: false,
      maxRequestBodySize: UNLIMITED,
      // Otherwise a second server shares the port of the first, and requests go to either.
      reusePort: false,
      fetch,
    });
  } catch (cause) {
    const reason = REASONS[codeOf(cause) ?? ""];
    if (reason === undefined) throw cause;
    throw new TodoError("usage", `can't listen on ${hostname}, port ${port}: ${reason}`, {
      hints: ["Choose another with --host or HOST, --port or PORT; port 0 takes a free one."],
      cause,
    });
  }
}
