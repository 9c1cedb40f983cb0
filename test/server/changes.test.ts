import { afterAll, beforeAll, describe } from "bun:test";
import { openPostgres } from "../../src/db/postgres/database.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { usePostgresStores } from "../support/postgres/stores.ts";
import { useScratch } from "../support/disks/scratch.ts";
import { describeChanges, type Met } from "./changes-contract.ts";

const scratch = useScratch();

describe("in a SQLite file:", () => {
  const [one, other] = [openSqlite(scratch("changes.db")), openSqlite(scratch("changes.db"))];
  afterAll(() => Promise.all([one.store.close(), other.store.close()]));
  describeChanges(() => ({ ...one, others: other.sync }));
});

describe("in PostgreSQL:", () => {
  let met: Met | undefined;
  const closing: (() => Promise<void>)[] = [];
  // Before the database goes, so it is registered before what removes that.
  afterAll(() => Promise.all(closing.map((close) => close())));
  const openDatabase = usePostgresStores();
  beforeAll(async () => {
    const { server, url, env } = await openDatabase("bun");
    const one = await openPostgres(url, env, { requireRowSecurity: true, connections: 1 });
    met = { ...one, others: server.sync };
    closing.push(
      () => one.store.close(),
      () => server.store.close(),
    );
  });
  describeChanges(() => {
    if (!met) throw new Error("the database did not open");
    return met;
  });
});
