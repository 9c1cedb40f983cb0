import { Database } from "bun:sqlite";
import { openPostgres } from "../../../src/db/postgres/database.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { OpenedSync } from "./following.ts";
import { queryPostgres } from "../postgres/query.ts";
import { type Driver, usePostgresStores } from "../postgres/stores.ts";

/** Each row with the transaction that wrote it last. */
const PHOTO = ["users", "tasks", "heads", "history"]
  .map((table) => `select '${table}', xmin::text, ctid::text, t::text from ${table} t`)
  .join(" union all ");

/** What replicas follow, in a file. */
export function openSqliteSync(path: string): OpenedSync {
  const [one, other] = [openSqlite(path), openSqlite(path)];
  const [hand, watch] = [new Database(path), new Database(path, { readonly: true })];
  return {
    ...one,
    others: other.sync,
    byHand: async (statement) => {
      hand.run(statement);
      // Reads of one turn of the event loop see the same.
      await new Promise((resolve) => void setImmediate(resolve));
    },
    // It counts the commits of other connections.
    photograph: async () => watch.query("pragma data_version").get(),
    close: async () => {
      for (const raw of [hand, watch]) raw.close(true);
      await Promise.all([one.store.close(), other.store.close()]);
    },
  };
}

/** The same in databases that go after the last test of the file. */
export function usePostgresSync(): (driver: Driver) => Promise<OpenedSync> {
  const openDatabase = usePostgresStores();
  return async (driver) => {
    const { server, database, url, env } = await openDatabase(driver);
    const other = await openPostgres(url, env, { requireRowSecurity: true, connections: 10 });
    return {
      ...server,
      others: other.sync,
      byHand: (statement) => queryPostgres(database.url, statement),
      photograph: () => queryPostgres(database.url, `${PHOTO} order by 1, 3`),
      close: async () => void (await Promise.all([server.store.close(), other.store.close()])),
    };
  };
}
