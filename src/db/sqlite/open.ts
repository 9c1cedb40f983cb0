import { constants, Database } from "bun:sqlite";
import { accessSync, constants as access, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import { applyPending, type Migration, migrateFresh, readApplied } from "../migrate.ts";
import { isBusy, LOCK_TIMEOUT_MS } from "./busy.ts";
import { copyDatabase, nameCopy } from "./file.ts";
import { notePlace } from "./file-identity.ts";
import { addFunctions } from "./functions.ts";
import { renewNode } from "./node.ts";

/** Between two attempts of what SQLite does not wait for itself. */
const RETRY_DELAY_MS = 10;

/**
 * What is answered is on disk, and what is deleted is overwritten. The rest spares a busy server a third of its time in the
 * kernel: what a savepoint may have to undo is not copied to a temporary file, and pages are neither read again nor copied from
 * the -wal so often (KiB, pages).
 */
const SETTINGS = `
  pragma synchronous = full;
  pragma secure_delete = on;
  pragma temp_store = memory;
  pragma cache_size = -4000;
  pragma wal_autocheckpoint = 4000`;

/** A server asks in more words than the driver keeps prepared, and to prepare a merge takes longer than to run it. */
const MAX_PREPARED_STATEMENTS = 100;

const SNAPSHOT_FLAGS = constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI;

/** The file to open, and how long to wait for other processes, which blocks everything else here. */
export type Opening = {
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly lockTimeoutMs: number;
};

/** Opens a database that is there, brings it up to date and answers the connection. Where that fails the file is as it was. */
export function openDatabase({ path, migrations, lockTimeoutMs }: Opening): Database {
  return connect(path, lockTimeoutMs, (raw) => bringUpToDate(raw, { path, migrations, lockTimeoutMs }));
}

/** Makes a new database, `:memory:` or an empty file, and answers the connection. */
export function createDatabase({ path, migrations, lockTimeoutMs }: Opening): Database {
  return connect(path, lockTimeoutMs, (raw) => {
    enterWal(raw, lockTimeoutMs);
    migrateFresh(raw, migrations);
    renewNode(raw);
    notePlace(raw, path);
  });
}

/**
 * Opens a database in a place that can't be written, to read it. Throws `read_only_store` if it needs a migration or lacks what
 * is in its -wal file, for which SQLite would have to write.
 */
export function openReadOnly({ path, migrations }: Pick<Opening, "path" | "migrations">): Database {
  return prepare(new Database(describeSnapshot(path), SNAPSHOT_FLAGS), (raw) => {
    const applied = readApplied(raw, migrations);
    const pending = migrations.find(({ name }) => !applied.includes(name));
    if (pending === undefined) return;
    throw needsWriting(`it lacks the migration ${pending.name}, and it can't be written`);
  });
}

/** Whether this process may not write a file or make others beside it, as SQLite must. It follows links, as SQLite does. */
export function isReadOnly(path: string): boolean {
  try {
    accessSync(path, access.W_OK);
    accessSync(dirname(realpathSync(path)), access.W_OK);
    return false;
  } catch {
    return true;
  }
}

/**
 * As a URI, because only that can say that nobody writes (https://www.sqlite.org/uri.html#uriimmutable). Where processes of
 * another user have it open, the file that they share says what is in the -wal file.
 */
function describeSnapshot(link: string): string {
  const path = realpathSync(link);
  const { href } = Bun.pathToFileURL(path);
  const size = (suffix: string) => statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0;
  if (size("-shm") > 0) return href;
  if (size("-wal") > 0) throw needsWriting("its -wal file holds changes, and it can't be written");
  return `${href}?immutable=1`;
}

function needsWriting(reason: string): TodoError {
  return new TodoError("read_only_store", reason, {
    hints: ["Copy it with all files of its name to a place that can be written, and give the copy with --db."],
  });
}

/** Opens a database that another process has brought up to date and keeps open. */
export function openForReading(path: string): Database {
  return prepare(new Database(path, { readonly: true, strict: true }), (raw) => {
    raw.run(`pragma busy_timeout = ${LOCK_TIMEOUT_MS}`);
    raw.run("pragma temp_store = memory");
  });
}

function connect(path: string, lockTimeoutMs: number, bringUp: (raw: Database) => void): Database {
  // The driver has one setting for all databases.
  Database.MAX_QUERY_CACHE_SIZE = MAX_PREPARED_STATEMENTS;
  return prepare(new Database(path, { readwrite: true, create: path === ":memory:", strict: true }), (raw) => {
    raw.run(`pragma busy_timeout = ${lockTimeoutMs}`);
    bringUp(raw);
  });
}

/** Where the preparation fails nothing stays open, so neither a lock nor a file beside it. */
function prepare(raw: Database, work: (raw: Database) => void): Database {
  try {
    addFunctions(raw);
    work(raw);
    return raw;
  } catch (error) {
    raw.close(true);
    throw error;
  }
}

/** This writes to a file that is not in that mode (such as a backup), so only once it is known to be ours. */
function enterWal(raw: Database, lockTimeoutMs: number): void {
  const deadline = performance.now() + lockTimeoutMs;
  while (!tryWal(raw, deadline)) Bun.sleepSync(RETRY_DELAY_MS);
  raw.run(SETTINGS);
}

/** Processes that switch at once don't always wait for each other, whatever the busy_timeout, so the loser asks again. */
function tryWal(raw: Database, deadline: number): boolean {
  try {
    raw.run("pragma journal_mode = wal");
    return true;
  } catch (error) {
    if (performance.now() < deadline && isBusy(error)) return false;
    throw error;
  }
}

function bringUpToDate(raw: Database, { path, migrations, lockTimeoutMs }: Opening): void {
  const applied = readApplied(raw, migrations);
  enterWal(raw, lockTimeoutMs);
  const pending = migrations.find(({ name }) => !applied.includes(name));
  if (pending === undefined) return;
  copyDatabase(raw, nameCopy(path, pending.name));
  applyPending(raw, migrations);
}
