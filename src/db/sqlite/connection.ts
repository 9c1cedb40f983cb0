import type { Database } from "bun:sqlite";
import { rmSync } from "node:fs";
import { TodoError } from "../../domain/errors.ts";
import { LOCK_TIMEOUT_MS } from "./busy.ts";
import { findFile } from "./file.ts";
import { claimNode, readFileIdentity } from "./file-identity.ts";

/** The database that a path names, also after the file was taken away and another one was put there. */
export type Connection = {
  /** For maintenance: no snapshot, no node. Throws `unavailable` if there is no file, and what opening another one throws. */
  readonly raw: () => Database;
  /** For a write: a copied file gets its own node first. Throws the same, and what SQLite does. */
  readonly forWrite: () => Database;
  /** For one statement that reads. Reads of one turn of the event loop share a snapshot, of a file that was there a moment ago. */
  readonly forRead: () => Database;
  /** The file at the path, for a read in another process. Throws the same as `raw`. */
  readonly currentFile: () => string | undefined;
  /** Throws `unavailable` if the file was replaced since, so that what was written last went with it. */
  readonly assertSameFile: () => void;
  /** The node of the database that was used last. */
  readonly node: () => string;
  readonly close: () => void;
};

/** An open database, its file as it is told from others, and the file that its connections share beside it. */
type Opened = {
  readonly raw: Database;
  readonly place: string | undefined;
  readonly shared: string | undefined;
  /** The node that was last read or given, and whether it certainly belongs to this file alone. */
  readonly node: string;
  readonly isOwn: boolean;
};

/** A read trusts the last look at the path for this long: looking costs half as much as reading a task. */
const FILE_CHECK_INTERVAL_MS = 50;

/**
 * Connects to the database at a path. A process keeps the file that it opened, whatever happens to its name, and would go on
 * writing to one that is deleted. So each write looks at what the path names, and a read does now and then.
 */
export function createConnection(path: string, open: (lockTimeoutMs: number) => Database): Connection {
  let opened: Opened | undefined = observe(path, () => open(LOCK_TIMEOUT_MS));
  let seenAt = performance.now();
  let isReading = false;
  const isInPlace = () => opened?.place === readFileIdentity(path);
  const endReading = () => {
    if (isReading && opened?.raw.inTransaction) opened.raw.query("rollback").run();
    isReading = false;
  };
  const raw = () => {
    endReading();
    if (opened && !isInPlace()) {
      abandon(path, opened);
      opened = undefined;
    }
    if (!opened && !findFile(path)) throw createAwayError(path);
    opened ??= observe(path, () => open(0));
    seenAt = performance.now();
    return opened.raw;
  };
  return {
    raw,
    forWrite: () => {
      const database = raw();
      if (opened?.place !== undefined && !opened.isOwn) {
        opened = { ...opened, node: claimNode(database, opened.place), isOwn: true };
      }
      return database;
    },
    forRead: () => {
      const isFresh = performance.now() - seenAt < FILE_CHECK_INTERVAL_MS;
      const database = opened && isFresh ? opened.raw : raw();
      if (isReading) return database;
      // Reads of one turn of the event loop share a transaction: to begin and end one takes as long as a small read.
      database.query("begin").run();
      isReading = true;
      setImmediate(endReading);
      return database;
    },
    currentFile: () => {
      raw();
      return opened?.place;
    },
    assertSameFile: () => {
      if (!isInPlace()) throw createAwayError(path);
    },
    node: () => opened?.node ?? "",
    close: () => {
      endReading();
      if (!opened) return;
      if (!isInPlace()) abandon(path, opened);
      // With `true` nothing stays in the -wal file beside it, so that the file alone is the whole database.
      else opened.raw.close(true);
    },
  };
}

/** Looks at the file before it is opened. If it is replaced in between, the next use notices. */
function observe(path: string, open: () => Database): Opened {
  const place = readFileIdentity(path);
  const raw = open();
  // From here on the engine waits itself.
  raw.run("pragma busy_timeout = 0");
  const row = raw.query<{ value: string }, []>("select value from replica where key = 'node'").get();
  return { raw, place, shared: readFileIdentity(`${path}-shm`), node: row?.value ?? "", isOwn: false };
}

/**
 * Closes a database whose file was moved, after all of it is in that file. Where -wal and -shm stayed behind they are removed:
 * another database at the path would be taken to be what they belong to (https://www.sqlite.org/howtocorrupt.html).
 */
function abandon(path: string, { raw, shared }: Opened): void {
  const row = raw.query<{ busy: number }, []>("pragma wal_checkpoint(truncate)").get();
  if (row?.busy) {
    throw new TodoError("locked", "another process still uses the database that was moved away", { retryAfter: 1 });
  }
  raw.close(true);
  if (shared === undefined || readFileIdentity(`${path}-shm`) !== shared) return;
  for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

function createAwayError(path: string): TodoError {
  return new TodoError("unavailable", `${path}: the database is not there any more`, {
    hints: ["Put it back, or put a backup in its place: it is used as soon as it is there."],
    retryAfter: 5,
  });
}
