import { Database, SQLiteError } from "bun:sqlite";
import { drizzle } from "drizzle-orm/bun-sqlite";
import { TodoError } from "../domain/errors.ts";
import type { Store, StoreFile } from "../domain/store.ts";
import { CONTAINS_FOLDED, containsFolded, sqliteDialect } from "./dialect.sqlite.ts";
import type { Engine, Step } from "./engine.ts";
import { applyPending, type Migration, migrateFresh, readApplied } from "./migrate.ts";
import { sqliteMigrations } from "./migrations.sqlite.ts";
import { history, tasks, users } from "./schema.sqlite.ts";
import { explainSqliteError } from "./sqlite-errors.ts";
import { copyDatabase, createWhole, findFile } from "./sqlite-file.ts";
import { createStore } from "./store.ts";
import { checkFile, measureFile } from "./sqlite-care.ts";

/** Milliseconds that a process waits for another's write. */
const PATIENCE = 5000;
/** Milliseconds between two attempts of what SQLite does not wait for itself. */
const PAUSE = 10;

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
  const db = drizzle(raw);
  const row = raw.query<{ value: string }, []>("select value from replica where key = 'node'").get();
  const engine: Engine = {
    db,
    tables: { users, tasks, history },
    dialect: sqliteDialect,
    node: row?.value ?? "",
    read: (query) => explainingLater(path, query),
    atomically: async (steps) => explaining(path, () => runSteps(raw, steps)),
    // Without `true` the statements of Drizzle keep it open, and what was written stays in the -wal file beside it.
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

/** The driver's transactions are synchronous: an async callback would commit before it is done and never roll back. */
function runSteps(raw: Database, steps: Iterable<Step>): unknown[] {
  return raw
    .transaction(() => {
      const answers: unknown[] = [];
      for (const { query, refuse, onDone } of steps) {
        const rows = query.all() as unknown[];
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

async function explainingLater<Row>(path: string, query: PromiseLike<Row[]>): Promise<Row[]> {
  try {
    return await query;
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}
