import { Database, SQLiteError, type SQLQueryBindings } from "bun:sqlite";
import type { SQL } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { TodoError } from "../domain/errors.ts";
import type { Store, StoreFile } from "../domain/store.ts";
import { CONTAINS_FOLDED, containsFolded, sqliteDialect } from "./dialect.sqlite.ts";
import type { Engine, Step } from "./engine.ts";
import { applyPending, type Migration, migrateFresh, readApplied } from "./migrate.ts";
import { sqliteMigrations } from "./migrations.sqlite.ts";
import { explainSqliteError } from "./sqlite-errors.ts";
import { copyDatabase, findFile } from "./sqlite-file.ts";
import { createStore } from "./store.ts";
import { createWhole } from "./whole-file.ts";
import { checkFile, measureFile } from "./sqlite-care.ts";

/** Milliseconds that a process waits for another's write. */
const PATIENCE = 5000;
/** Milliseconds between two attempts of what SQLite does not wait for itself. */
const PAUSE = 10;

/** How Drizzle writes a statement for SQLite. */
const STYLE = {
  casing: new CasingCache(),
  escapeName: (name: string) => `"${name}"`,
  escapeParam: () => "?",
  escapeString: (text: string) => `'${text.replaceAll("'", "''")}'`,
};

export type OpenStore = { readonly store: Store; readonly file: StoreFile };

/**
 * Opens the database in a file, and makes it when there is none. Throws `unreadable_store`, `newer_store`, `locked`,
 * `read_only_store` or `full_disk`; the file is then as it was.
 */
export function openSqlite(path: string, migrations: readonly Migration[] = sqliteMigrations): OpenStore {
  return explaining(path, () => {
    if (path !== ":memory:" && !findFile(path)) createWhole(path, (draft) => createDatabase(draft, migrations));
    return connect(path, (raw) => {
      if (path === ":memory:") initialize(raw, migrations);
      else bringUpToDate(raw, path, migrations);
      return assemble(raw, path);
    });
  });
}

/** Opens a database for some work. Where that fails nothing stays open, so neither a lock nor a file beside it. */
function connect<Result>(path: string, work: (raw: Database) => Result): Result {
  const raw = new Database(path, { readwrite: true, create: path === ":memory:", strict: true });
  try {
    raw.run(`pragma busy_timeout = ${PATIENCE}`);
    raw.function(CONTAINS_FOLDED, { deterministic: true }, (text, needle) => (containsFolded(text, needle) ? 1 : 0));
    return work(raw);
  } catch (error) {
    raw.close(true);
    throw error;
  }
}

/** This writes to a file that is not in that mode (such as a backup), so only once it is known to be ours. */
function enterWal(raw: Database): void {
  const deadline = performance.now() + PATIENCE;
  while (!tryWal(raw, deadline)) Bun.sleepSync(PAUSE);
  raw.run("pragma synchronous = full");
}

/** Processes that switch at once don't always wait for each other, whatever the busy_timeout, so the loser asks again. */
function tryWal(raw: Database, deadline: number): boolean {
  try {
    raw.run("pragma journal_mode = wal");
    return true;
  } catch (error) {
    if (performance.now() < deadline && error instanceof SQLiteError && error.code === "SQLITE_BUSY") return false;
    throw error;
  }
}

function createDatabase(draft: string, migrations: readonly Migration[]): void {
  connect(draft, (raw) => {
    initialize(raw, migrations);
    raw.close(true);
  });
}

function initialize(raw: Database, migrations: readonly Migration[]): void {
  enterWal(raw);
  migrateFresh(raw, migrations);
  raw.run("insert into replica (key, value) values ('node', ?)", [crypto.randomUUID().slice(0, 8)]);
}

function bringUpToDate(raw: Database, path: string, migrations: readonly Migration[]): void {
  const applied = readApplied(raw, migrations);
  enterWal(raw);
  const pending = migrations.find(({ name }) => !applied.includes(name));
  if (pending === undefined) return;
  copyDatabase(raw, `${path}.before-${pending.name}`);
  applyPending(raw, migrations);
}

function assemble(raw: Database, path: string): OpenStore {
  const row = raw.query<{ value: string }, []>("select value from replica where key = 'node'").get();
  const engine: Engine = {
    dialect: sqliteDialect,
    node: row?.value ?? "",
    read: async (query) => explaining(path, () => runStatement(raw, query)),
    atomically: async (steps) => explaining(path, () => runSteps(raw, steps)),
    // With `true` nothing stays in the -wal file beside it, so that the file alone is the whole database.
    close: async () => raw.close(true),
  };
  return {
    store: createStore(engine),
    file: {
      path,
      backup: (target) => explaining(target, () => backUp(raw, target)),
      check: () => explaining(path, () => checkFile(raw)),
      measure: () => explaining(path, () => measureFile(raw, engine.node)),
    },
  };
}

/** Runs a statement that the driver keeps prepared, so that the next page of a list costs only its rows. */
function runStatement<Row>(raw: Database, query: SQL): Row[] {
  const { sql: text, params } = query.toQuery(STYLE);
  return raw.query<Row, SQLQueryBindings[]>(text).all(...(params as SQLQueryBindings[]));
}

/** The driver's transactions are synchronous: an async callback would commit before it is done and never roll back. */
function runSteps<Row>(raw: Database, steps: Iterable<Step>): Row[] {
  return raw
    .transaction(() => {
      const answers: Row[] = [];
      for (const { query, refuse, onDone } of steps) {
        const rows = runStatement<Row>(raw, query);
        if (refuse && rows.length > 0) throw refuse();
        for (const row of rows) answers.push(row);
        onDone?.();
      }
      return answers;
    })
    .immediate();
}

function backUp(raw: Database, target: string): void {
  if (!copyDatabase(raw, target)) {
    throw new TodoError("conflict", `${target} is there already`, {
      hints: ["Give a new name: a backup never overwrites."],
    });
  }
}

function explaining<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}
