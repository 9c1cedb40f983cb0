import { afterAll } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { type Running, serve } from "../../../src/server/serve.ts";
import { readTokenSettings } from "../../../src/services/tokens/settings.ts";
import { signToken } from "../../../src/services/tokens/sign.ts";

type Env = Readonly<Record<string, string>>;

const HOUR_S = 3600;

export type ServedApi = {
  readonly url: string;
  /** Milliseconds that the server's clock is ahead of this machine's. */
  readonly clock: { ahead: number };
  /** What the server has logged. */
  readonly log: () => string;
  /** A token of the server's own, where `BETTER_AUTH_SECRET` is set. */
  readonly tokenOf: (user: string) => Promise<string>;
};

/** Starts servers on ports of this machine, set up by variables as `todo serve` is. They end after the last test of the file. */
export function useServedApis(): (env: Env) => ServedApi {
  const closing: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(closing.map((close) => close())));
  return (env) => {
    const { store, accounts, sync, usage } = openSqlite(":memory:");
    const clock = { ahead: 0 };
    const now = () => Date.now() + clock.ahead;
    const system = { now, today: () => "2026-11-20", timeZone: () => "UTC", newId: () => Bun.randomUUIDv7() };
    const tokens = readTokenSettings(env, noFile);
    let log = "";
    const write = (text: string) => void (log += text);
    const server: Running = serve({
      host: "127.0.0.1",
      port: 0,
      store,
      accounts,
      sync,
      usage,
      accountSecrets: tokens.secrets,
      system,
      version: "1.2.3",
      tokens,
      env,
      log: write,
      isOwned: true,
      // The routes of the page need none of its files.
      listWebFiles: () => ({}),
    });
    closing.push(async () => {
      await server.stop();
      await store.close();
    });
    return {
      url: server.url,
      clock,
      log: () => log,
      tokenOf: (user) => signToken(tokens, { user, lifetimeS: HOUR_S }, now()),
    };
  };
}

function noFile(path: string): never {
  throw new Error(`no test names a file of secrets: ${path}`);
}
