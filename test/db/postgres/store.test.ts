import { usePostgresStores } from "../../support/postgres/stores.ts";
import { describeStore } from "../store-contract.ts";

const openDatabase = usePostgresStores();

describeStore("a store in PostgreSQL", async () => {
  const { store } = (await openDatabase("bun")).server;
  return { store, close: () => store.close() };
});

describeStore("a store in Neon", async () => {
  const { store } = (await openDatabase("neon")).server;
  return { store, close: () => store.close() };
});
