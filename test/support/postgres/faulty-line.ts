import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Alter, openAltered } from "./altered-store.ts";
import { createDesk, type Desk } from "../cli/desk.ts";
import type { TestDatabase } from "./databases.ts";
import { queryPostgres } from "./query.ts";
import { type QueryTap, startQueryTap } from "./query-tap.ts";
import { startTcpProxy, type TcpProxy } from "../server/tcp-proxy.ts";

/** A store in PostgreSQL through Bun's client, whose connections a test can break. It holds ten of them. */
export type Line = {
  readonly store: Store;
  /** A new user, who has the task `before`. */
  readonly sitDown: () => Promise<Desk>;
  /** What the store connects to. */
  readonly proxy: TcpProxy;
  /** Behind the proxy, before the server. */
  readonly tap: QueryTap;
  /** Has the server end all of its connections. */
  readonly terminate: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LineOptions = {
  /** Settings of the session, as the URL's `options` has them. */
  readonly settings?: string;
  readonly alter?: Alter;
};

export async function openLine(database: TestDatabase, { settings, alter }: LineOptions = {}): Promise<Line> {
  const tap = await startQueryTap(database.port);
  const proxy = await startTcpProxy({ target: tap.port });
  const url = new URL(database.appUrl);
  url.port = String(proxy.port);
  if (settings) url.searchParams.set("options", settings);
  const store = await open(url.href, alter);
  return {
    store,
    sitDown: async () => {
      const desk = createDesk(store);
      await desk.add({ title: "before" });
      return desk;
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
