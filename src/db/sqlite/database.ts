import type { Database } from "bun:sqlite";
import type { DatabaseFile } from "../../ports/database.ts";
import { TodoError } from "../../domain/errors.ts";
import type { StoreFile } from "../../ports/store.ts";
import { createAccountStore } from "../accounts/store.ts";
import { createReplica } from "../replica/replica.ts";
import { createSyncStore } from "../sync/store.ts";
import { createUsageStore } from "../usage/store.ts";
import type { Migration } from "../migrate.ts";
import { sqliteMigrations } from "./migrations.ts";
import { LOCK_TIMEOUT_MS } from "./busy.ts";
import { checkFile, measureFile } from "./integrity.ts";
import { type Connection, createConnection } from "./connection.ts";
import { createSqliteEngine } from "./engine.ts";
import { explainSqliteError } from "./errors.ts";
import { compactDatabase, copyDatabase, findFile, listCopies } from "./file.ts";
import { createDatabase, isReadOnly, openDatabase, openReadOnly } from "./open.ts";
import type { ReaderPool } from "./reader-pool.ts";
import { createStore } from "../tasks/store.ts";
import { createFileAtomically } from "./whole-file.ts";

export type SqliteOptions = {
  readonly migrations?: readonly Migration[];
  /** They run long reads, but those of a database in memory, and are closed with the store. */
  readonly readers?: ReaderPool;
};

/**
 * Opens the database in a file, and makes it when there is none. Throws `unreadable_store`, `newer_store`, `locked`,
 * `read_only_store` or `full_disk`; the file is then as it was. A database in a place that can't be written is opened to read.
 */
export function openSqlite(path: string, { migrations = sqliteMigrations, readers }: SqliteOptions = {}): DatabaseFile {
  // A server that can't write could not even sign anybody in.
  const connection = explaining(path, () => connect(path, { migrations, mustWrite: readers !== undefined }));
  const engine = createSqliteEngine({ connection, path, migrations, ...(path !== ":memory:" && { readers }) });
  return {
    store: createStore(engine),
    accounts: createAccountStore(engine),
    sync: createSyncStore(engine),
    usage: createUsageStore(engine),
    openReplica: (owner) => createReplica(engine, owner),
    file: createFile(connection, path),
  };
}

type Connecting = { readonly migrations: readonly Migration[]; readonly mustWrite: boolean };

function connect(path: string, { migrations, mustWrite }: Connecting): Connection {
  const create = (draft: string) => createDatabase({ path: draft, migrations, lockTimeoutMs: LOCK_TIMEOUT_MS });
  if (path === ":memory:") return createConnection(path, () => create(path));
  if (!findFile(path)) createFileAtomically(path, (draft) => create(draft).close(true));
  return createConnection(path, (lockTimeoutMs) =>
    !mustWrite && isReadOnly(path)
      ? openReadOnly({ path, migrations })
      : openDatabase({ path, migrations, lockTimeoutMs }),
  );
}

function createFile(connection: Connection, path: string): StoreFile {
  return {
    path,
    backup: (target) => explaining(target, () => backUp(connection.raw(), target)),
    check: () => explaining(path, () => checkFile(connection.raw())),
    copies: () => explaining(path, () => listCopies(path)),
    compact: () => explaining(path, () => compactDatabase(connection.raw())),
    measure: (user) => explaining(path, () => measureFile(connection.raw(), user, connection.node())),
  };
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
