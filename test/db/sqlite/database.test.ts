import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { describeStore } from "../store-contract.ts";

const scratch = useScratch();

describeStore("a store in a SQLite file", async () => {
  const { store } = openSqlite(scratch("contract.db"));
  return { store, close: () => store.close() };
});
