import { Database } from "bun:sqlite";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Registers } from "../../../src/domain/task/registers.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { describeMergeStatement } from "../merge-contract.ts";

const scratch = useScratch();

describeMergeStatement("the merge of a SQLite file", async () => {
  const { store, file } = openSqlite(scratch("merge.db"));
  const raw = new Database(file.path, { readonly: true });
  const select = raw.query<{ id: string; registers: string }, [string]>(
    "select id, registers from tasks where user_id = ?",
  );
  return {
    store,
    readRaw: (user) =>
      new Map(select.all(user).map(({ id, registers }): [string, Registers] => [id, JSON.parse(registers)])),
    close: async () => {
      raw.close();
      await store.close();
    },
  };
});
