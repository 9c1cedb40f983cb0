import { afterAll } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { serve } from "../../../src/server/serve.ts";
import { readTokenSettings } from "../../../src/services/tokens/settings.ts";
import { signToken } from "../../../src/services/tokens/sign.ts";
import { type Answered, request, UNLIMITED } from "./server.ts";

const ENV = { ...UNLIMITED, BETTER_AUTH_SECRET: "Vq3kT8wZr1XyN6mB4cJ7hL2pF9sD5gAe" };
const HOUR_S = 3600;

export type ServedStore = {
  readonly token: string;
  readonly ask: (method: string, path: string, json?: unknown) => Promise<Answered>;
  /** What the server has logged. */
  readonly log: () => string;
};

/** Serves stores over HTTP, for one user each. The servers end after the last test of the file, and leave the stores open. */
export function useServedStores(): (store: Store, user: string) => Promise<ServedStore> {
  const closing: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(closing.map((close) => close())));
  return async (store, user) => {
    const tokens = readTokenSettings(ENV, noFile);
    const system = {
      now: () => Date.now(),
      today: () => "2026-11-20",
      timeZone: () => "UTC",
      newId: () => Bun.randomUUIDv7(),
    };
    let written = "";
    const log = (text: string) => void (written += text);
    const { accounts, sync, usage } = openSqlite(":memory:");
    const shared = { host: "127.0.0.1", port: 0, system, version: "1.2.3", tokens, env: ENV, log };
    const server = serve({ ...shared, store, accounts, sync, usage, accountSecrets: [] });
    closing.push(server.stop);
    const token = await signToken(tokens, { user, lifetimeS: HOUR_S }, Date.now());
    return {
      token,
      ask: (method, path, json) => request(server.url + path, method, { token, ...(json !== undefined && { json }) }),
      log: () => written,
    };
  };
}

function noFile(path: string): never {
  throw new Error(`no test names a file of secrets: ${path}`);
}
