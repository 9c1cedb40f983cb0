import type { Database } from "bun:sqlite";
import { TodoError } from "../../domain/errors.ts";
import { sqliteDialect } from "./dialect.ts";
import type { Statement, Values } from "../compiled.ts";
import type { Engine, Step } from "../engine.ts";
import { createGroupCommit } from "./group-commit.ts";
import { type Migration, readApplied } from "../migrate.ts";
import { retryWhileBusy } from "./busy.ts";
import type { Connection } from "./connection.ts";
import { explainSqliteError } from "./errors.ts";
import { ENQUEUE, ENQUEUE_MERGED } from "../replica/statements.ts";
import { runStatement } from "./statement.ts";

/** The engine of the store over a database in a file. What it throws names the path. */
export function createSqliteEngine(connection: Connection, path: string, migrations: readonly Migration[]): Engine {
  const { submit, idle } = createGroupCommit({ use: connection.forWrite, confirm: connection.assertSameFile });
  const explain = (error: unknown): never => {
    throw explainSqliteError(error, path);
  };
  return {
    dialect: sqliteDialect,
    enqueue: { edits: ENQUEUE, merged: ENQUEUE_MERGED },
    get node() {
      return connection.node();
    },
    read: <Row>(_user: string, query: Statement<Row>, values?: Values) =>
      retryWhileBusy(() => runStatement(connection.forRead(), query, values)).catch(explain),
    atomically: <Row>(_user: string, steps: Iterable<Step<Row>>) => submit(steps).catch(explain) as Promise<Row[]>,
    scrub: () =>
      retryWhileBusy(() => void connection.raw().query("pragma wal_checkpoint(truncate)").get()).catch(explain),
    ping: () => retryWhileBusy(() => checkSchema(connection.raw(), migrations)).catch(explain),
    close: async () => {
      await idle();
      connection.close();
    },
  };
}

/** Throws `newer_store` for a migration that this program does not know, and `unavailable` for one that it lacks. */
function checkSchema(raw: Database, migrations: readonly Migration[]): void {
  const applied = readApplied(raw, migrations);
  const missing = migrations.find(({ name }) => !applied.includes(name));
  if (missing === undefined) return;
  throw new TodoError("unavailable", `the database lacks the migration ${missing.name}`, {
    hints: ["Start the program again: it brings the database up to date."],
    retryAfter: 5,
  });
}
