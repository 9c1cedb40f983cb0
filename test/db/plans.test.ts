import type { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { sqliteDialect } from "../../src/db/dialect.sqlite.ts";
import type { Engine } from "../../src/db/engine.ts";
import { sqliteMigrations } from "../../src/db/migrations.sqlite.ts";
import { findTasks } from "../../src/db/reads.ts";
import { createDatabase } from "../../src/db/sqlite-open.ts";
import { runStatement } from "../../src/db/sqlite-statement.ts";
import type { Condition, Sort, Status } from "../../src/domain/query.ts";

const raw: Database = createDatabase({ path: ":memory:", migrations: sqliteMigrations, patience: 0 });
afterAll(() => raw.close(true));

const AFTER = { key: "2026-11-20", id: "019a" };

/** How SQLite would run what a read asks of the engine. */
async function explain(read: (engine: Engine) => Promise<unknown>): Promise<string> {
  const steps: string[] = [];
  const note = async <Row>(_: string, query: Parameters<Engine["read"]>[1]): Promise<Row[]> => {
    const plan = runStatement<{ detail: string }>(raw, sql`explain query plan ${query}`);
    steps.push(...plan.map(({ detail }) => detail));
    return [];
  };
  const unused = () => Promise.reject(new Error("only reads are explained"));
  await read({ dialect: sqliteDialect, node: "", read: note, atomically: unused, ping: unused, close: unused });
  return steps.join("\n");
}

function status(name: Status): Condition {
  return { kind: "status", status: name };
}

const NOT_DELETED: Condition = { kind: "not", condition: status("deleted") };

describe("a page is read from an index without sorting", () => {
  test.each<[string, Condition, Sort | undefined, boolean, string]>([
    ["what is not deleted, by creation", NOT_DELETED, "created", false, "tasks_created"],
    ["what is not deleted, newest first", NOT_DELETED, "created", true, "tasks_created"],
    ["what is open, by creation", status("pending"), "created", false, "tasks_created"],
    ["what is completed, newest first", status("completed"), "created", true, "tasks_created"],
    ["what is open, by due date", status("pending"), "due_date", false, "tasks_open"],
    ["what is not deleted, by update", NOT_DELETED, "updated", false, "tasks_revision"],
    ["all, last changed first", status("all"), "updated", true, "tasks_revision"],
    ["all, by id", status("all"), undefined, false, "sqlite_autoindex_tasks_1"],
  ])("of %s: the first and all that follow", async (_, condition, sort, reverse, index) => {
    const query = { where: [condition], reverse, limit: 50, ...(sort && { sort }) };
    for (const page of [query, { ...query, after: AFTER }]) {
      const plan = await explain((engine) => findTasks(engine, "someone", page));
      expect(plan).toContain(`USING INDEX ${index} `);
      // Of tasks with the same revision there is one, so that sorting these costs nothing.
      expect(plan.replace("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "")).not.toContain("TEMP B-TREE");
    }
  });
});
