import { afterAll } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite.ts";
import { useApis } from "../../support/api.ts";
import { describeSyncTasks } from "./sync-tasks-contract.ts";

const { store, sync } = openSqlite(":memory:");
afterAll(() => store.close());

describeSyncTasks(useApis(), () => sync);
