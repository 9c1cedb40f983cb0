import { openPostgres } from "../../../src/db/postgres/database.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { DRIVERS, usePostgresStores } from "../../support/postgres/stores.ts";
import { describeAccounts } from "../accounts-contract.ts";

const openDatabase = usePostgresStores();

for (const driver of DRIVERS) {
  describeAccounts(`accounts in PostgreSQL, through the driver ${driver}`, async () => {
    const { server, database, url, env } = await openDatabase(driver);
    const other = await openPostgres(url, env, { requireRowSecurity: true, connections: 10 });
    return {
      accounts: server.accounts,
      others: other.accounts,
      store: server.store,
      byHand: (statement) => queryPostgres(database.url, statement),
      close: async () => void (await Promise.all([server.store.close(), other.store.close()])),
    };
  });
}
