import { Database } from "bun:sqlite";
import { createAccountStore } from "../../../src/db/accounts/store.ts";
import type { Engine, Step } from "../../../src/db/engine.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createConnection } from "../../../src/db/sqlite/connection.ts";
import { createSqliteEngine } from "../../../src/db/sqlite/engine.ts";
import { openDatabase } from "../../../src/db/sqlite/open.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { describeAccounts } from "../accounts-contract.ts";

const scratch = useScratch();

async function runByHand(path: string, statement: string): Promise<void> {
  const raw = new Database(path);
  raw.run(statement);
  raw.close(true);
}

describeAccounts("accounts in a SQLite file", async () => {
  const path = scratch("accounts.db");
  const [one, other] = [openSqlite(path), openSqlite(path)];
  return {
    accounts: one.accounts,
    others: other.accounts,
    store: one.store,
    byHand: (statement) => runByHand(path, statement),
    close: async () => void (await Promise.all([one.store.close(), other.store.close()])),
  };
});

/** As it is where the first answer was lost: what may be done again is, and the second answer counts. */
function stutter(engine: Engine): Engine {
  return {
    ...engine,
    atomically: async <Row>(user: string, steps: Iterable<Step<Row>>, unit?: { readonly repeatable: boolean }) => {
      const planned = [...steps];
      if (unit?.repeatable) await engine.atomically(user, planned, unit);
      return engine.atomically<Row>(user, planned, unit);
    },
  };
}

describeAccounts("accounts whose units of work are done twice where that is said to do no harm", async () => {
  const path = scratch("twice.db");
  const { store } = openSqlite(path);
  const open = () => {
    const connection = createConnection(path, (lockTimeoutMs) =>
      openDatabase({ path, migrations: sqliteMigrations, lockTimeoutMs }),
    );
    return stutter(createSqliteEngine({ connection, path, migrations: sqliteMigrations }));
  };
  const [one, other] = [open(), open()];
  return {
    accounts: createAccountStore(one),
    others: createAccountStore(other),
    store,
    byHand: (statement) => runByHand(path, statement),
    close: async () => void (await Promise.all([store, one, other].map((opened) => opened.close()))),
  };
});
