import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Alter, openAltered } from "./altered-store.ts";
import { createTestUser, type TestUser } from "../stores/test-user.ts";
import type { TestDatabase } from "./databases.ts";
import { queryPostgres } from "./query.ts";
import { type QueryTap, startQueryTap } from "./query-tap.ts";
import { startTcpProxy, type TcpProxy } from "../server/tcp-proxy.ts";

/** A store in PostgreSQL through Bun's client, whose connections a test can break. It holds ten of them. */
export type FaultyConnection = {
  readonly store: Store;
  /** A new user, who has the task `before`. */
  readonly newUser: () => Promise<TestUser>;
  /** What the store connects to. */
  readonly proxy: TcpProxy;
  /** Behind the proxy, before the server. */
  readonly tap: QueryTap;
  /** Has the server end all of its connections. */
  readonly terminate: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type FaultyConnectionOptions = {
  /** Settings of the session, as the URL's `options` has them. */
  readonly settings?: string;
  readonly alter?: Alter;
};

export async function openFaultyConnection(
  database: TestDatabase,
  { settings, alter }: FaultyConnectionOptions = {},
): Promise<FaultyConnection> {
  const tap = await startQueryTap(database.port);
  const proxy = await startTcpProxy({ target: tap.port });
  const url = new URL(database.appUrl);
  url.port = String(proxy.port);
  if (settings) url.searchParams.set("options", settings);
  const store = await open(url.href, alter);
  return {
    store,
    newUser: async () => {
      const testUser = createTestUser(store);
      await testUser.add({ title: "before" });
      return testUser;
    },
    proxy,
    tap,
    terminate: async () => {
      const ports = tap.ports().join() || "null";
      const query = `select pg_terminate_backend(pid) from pg_stat_activity where client_port in (${ports})`;
      await queryPostgres(database.url, query);
    },
    close: async () => {
      proxy.mode = "pass";
      await store.close();
      proxy.stop();
      tap.stop();
    },
  };
}

async function open(url: string, alter: Alter | undefined): Promise<Store> {
  if (alter) return openAltered({ url }, alter);
  return (await openPostgres(url, {}, { requireRowSecurity: true })).store;
}
