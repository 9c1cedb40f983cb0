import { afterAll } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useApis } from "../../support/server/api.ts";
import { describeSyncTasks } from "./sync-tasks-contract.ts";

const { store, sync } = openSqlite(":memory:");
afterAll(() => store.close());

describeSyncTasks(useApis(), () => sync);
