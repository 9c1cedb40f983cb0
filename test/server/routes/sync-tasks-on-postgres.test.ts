import { afterAll, beforeAll, describe } from "bun:test";
import type { DatabaseServer } from "../../../src/ports/database.ts";
import { useApis } from "../../support/server/api.ts";
import { DRIVERS, usePostgresStores } from "../../support/postgres/stores.ts";
import { describeSyncTasks } from "./sync-tasks-contract.ts";

/** Each of them takes some milliseconds here. */
const PART_OF_INPUTS = 0.2;

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  let server: DatabaseServer | undefined;
  afterAll(() => server?.store.close());
  const openDatabase = usePostgresStores();
  beforeAll(async () => {
    ({ server } = await openDatabase(driver));
  });
  const openSync = () => {
    if (!server) throw new Error("the database did not open");
    return server.sync;
  };
  describeSyncTasks(useApis(), openSync, PART_OF_INPUTS);
});
