import { SQL } from "bun";
import { describe } from "bun:test";
import type { Registers } from "../../../src/domain/task/registers.ts";
import { DRIVERS, usePostgresStores } from "../../support/postgres/stores.ts";
import { describeMergeStatement } from "../merge-contract.ts";

const openDatabase = usePostgresStores();

describe.each(DRIVERS)("on a Danish database, through the driver %s", (driver) => {
  describeMergeStatement("the merge", async () => {
    const { server, database } = await openDatabase(driver);
    const raw = new SQL(database.url, { max: 1 });
    return {
      store: server.store,
      readRaw: async (user) => {
        const rows: { id: string; registers: Registers }[] =
          await raw`select id, registers from tasks where user_id = ${user}`;
        return new Map(rows.map(({ id, registers }) => [id, registers]));
      },
      close: async () => {
        await raw.close();
        await server.store.close();
      },
    };
  });
});
