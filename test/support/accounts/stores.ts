import { afterAll, beforeAll } from "bun:test";
import { SQL } from "bun";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { type Driver, type OpenedDatabase, usePostgresStores } from "../postgres/stores.ts";

/** What an API with accounts works over. */
export type Stores = { readonly store: Store; readonly accounts: AccountStore; readonly sync: SyncStore };

/** Opens stores with nothing in them. Whoever opened some before may find them emptied. */
export type OpenStores = () => Promise<Stores>;

const ACCOUNT_TABLES = ["accounts", "sessions", "api_tokens", "device_codes", "invites", "auth_events"];
const EMPTY = [...ACCOUNT_TABLES, "users", "tasks", "history", "heads"]
  .map((table) => `delete from ${table}`)
  .join("; ");

/** Opens stores in memory, which are closed after the last test of the file. */
export function useMemoryStores(): OpenStores {
  const opened: Stores[] = [];
  afterAll(() => Promise.all(opened.map(({ store }) => store.close())));
  return async () => {
    const stores = openSqlite(":memory:");
    opened.push(stores);
    return stores;
  };
}

/** Empties one database of the tests around it each time, because to make one takes longer than most tests. */
export function usePostgresAccounts(driver: Driver): OpenStores {
  let shared: { readonly opened: OpenedDatabase; readonly owner: SQL } | undefined;
  // Before the database goes, so it is registered before what removes that.
  afterAll(async () => {
    await shared?.opened.server.store.close();
    await shared?.owner.close();
  });
  const openDatabase = usePostgresStores();
  beforeAll(async () => {
    const opened = await openDatabase(driver);
    shared = { opened, owner: new SQL(opened.database.url, { max: 1 }) };
  });
  return async () => {
    if (!shared) throw new Error("the database did not open");
    await shared.owner.unsafe(EMPTY);
    const { store, accounts, sync } = shared.opened.server;
    // Another object, because it is remembered of a store which users it has.
    return { store: { ...store }, accounts, sync };
  };
}
