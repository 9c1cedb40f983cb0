import { afterAll, beforeAll } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { installRefusals, type Refusing } from "./refusals.ts";
import { type Driver, usePostgresStores } from "./stores.ts";

/** A store, and its database that refuses what a test says. */
export type RefusingStore = { readonly store: Store; readonly refusing: Refusing };

/** Opens one that all tests of a group share. It is there as soon as the first of them begins. */
export function useRefusingStore(driver: Driver): () => RefusingStore {
  const openDatabase = usePostgresStores();
  let opened: RefusingStore | undefined;
  const take = (): RefusingStore => {
    if (!opened) throw new Error("the store did not open");
    return opened;
  };
  beforeAll(async () => {
    const { server, database } = await openDatabase(driver);
    opened = { store: server.store, refusing: await installRefusals(database.url) };
  });
  afterAll(async () => {
    const { store, refusing } = take();
    await Promise.all([store.close(), refusing.close()]);
  });
  return take;
}
