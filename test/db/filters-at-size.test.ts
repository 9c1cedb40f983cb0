import { sql } from "drizzle-orm";
import { test } from "bun:test";
import { compileConditions } from "../../src/db/tasks/conditions.ts";
import { createStore } from "../../src/db/tasks/store.ts";
import type { Condition } from "../../src/domain/query/query.ts";
import { openSqliteEngine, usePostgresEngines } from "../support/stores/engines.ts";
import { compareFilters } from "./contract/filters.ts";

const TASKS = 100_000;
const TIMEOUT_MS = 1_200_000;

const openPostgresEngine = usePostgresEngines();

test.each([
  ["SQLite", () => Promise.resolve(openSqliteEngine())],
  ["PostgreSQL", openPostgresEngine],
])(
  "any filter finds the same of a hundred thousand tasks on %s as its predicate",
  async (_, open) => {
    const user = "ann";
    const opened = await open();
    const { engine } = opened;
    const store = createStore(engine);
    await store.ensureUser(user);
    /** Ids alone, because to read the tasks takes most of the time. */
    const findIds = async (where: readonly Condition[]) => {
      const conditions = sql.join([sql`user_id = ${user}`, ...compileConditions(engine.dialect, where)], sql` and `);
      const rows = await engine.read(user, sql<{ id: string }>`select id from tasks where ${conditions} order by id`);
      return rows.map(({ id }) => id);
    };
    await compareFilters({ store, user, findIds }, TASKS);
    await opened.close();
  },
  TIMEOUT_MS,
);
