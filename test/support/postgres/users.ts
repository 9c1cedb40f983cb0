import { afterAll, beforeAll } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { ownUsers } from "../stores/own-users.ts";
import { type Driver, usePostgresStores } from "./stores.ts";

/**
 * Opens stores in one database of the tests around it, because to make one takes longer than most tests. Each store has users of
 * its own.
 */
export function usePostgresUsers(driver: Driver): () => Store {
  let shared: Store | undefined;
  // Before the database goes, so it is registered before what removes that.
  afterAll(() => shared?.close());
  const openDatabase = usePostgresStores();
  beforeAll(async () => {
    shared = (await openDatabase(driver)).server.store;
  });
  return () => {
    if (!shared) throw new Error("the database did not open");
    return ownUsers(shared);
  };
}
