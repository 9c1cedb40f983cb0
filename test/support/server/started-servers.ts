import type { EventLine } from "../../../src/services/accounts/event-log.ts";
import { afterEach } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Running, serve, type ServeOptions } from "../../../src/server/serve.ts";
import { TOKENS } from "./api.ts";

/** What servers are told of the machine: its own clock. */
export const SYSTEM = {
  now: () => Date.now(),
  today: () => "2026-11-20",
  timeZone: () => "UTC",
  newId: () => Bun.randomUUIDv7(),
};

/** A line for a request. One for an event lacks the route and the status. */
type Line = { readonly request: string; readonly route: string; readonly status: number } & Partial<EventLine>;

/** Starts servers on ports of this machine, over stores in memory unless told otherwise. They end after each test. */
export function useStartedServers() {
  const opened: { readonly server: Running; readonly store: Store }[] = [];
  afterEach(async () => {
    for (const { server, store } of opened.splice(0)) {
      await server.stop();
      await store.close();
    }
  });
  return (more: Partial<ServeOptions> = {}) => {
    const started = start(more);
    opened.push(started);
    return started;
  };
}

function start(more: Partial<ServeOptions>) {
  const fresh = openSqlite(":memory:");
  const { store = fresh.store, accounts = fresh.accounts, sync = fresh.sync, usage = fresh.usage } = more;
  let log = "";
  const trust = { tokens: TOKENS, accountSecrets: TOKENS.secrets };
  const options = {
    host: "127.0.0.1",
    port: 0,
    store,
    accounts,
    sync,
    usage,
    system: SYSTEM,
    version: "1.2.3",
    ...trust,
    env: {},
  };
  const server = serve({ ...options, log: (text) => void (log += text), ...more });
  /** Waits for so many lines of the log. */
  const readLog = async (count: number): Promise<Line[]> => {
    const end = performance.now() + 3000;
    while (log.split("\n").length <= count && performance.now() < end) await Bun.sleep(5);
    return log
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  return {
    server,
    url: server.url,
    port: Number(new URL(server.url).port),
    store,
    accounts,
    readLog,
    readText: () => log,
  };
}
