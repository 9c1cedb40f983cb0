import type { Database } from "bun:sqlite";
import { rmSync } from "node:fs";
import { TodoError } from "../../domain/errors.ts";
import { PATIENCE } from "../patience.ts";
import { findFile } from "./file.ts";
import { claimNode, identify } from "./file-identity.ts";

/** The database that a path names, also after the file was taken away and another one was put there. */
export type Connection = {
  /** Throws `unavailable` when there is no file, and what opening throws for one that was put there. */
  readonly use: () => Database;
  /** For a write: gives a copy of a database its own node first. Throws the same, and what SQLite does. */
  readonly claim: () => Database;
  /** For a read, which may be of a file that was there a moment ago, and sees what the others of this turn see. Throws the same. */
  readonly glance: () => Database;
  /** Throws `unavailable` when the file is not there any more, so that what was written last went with it. */
  readonly confirm: () => void;
  /** The node of the database that was used last. */
  readonly node: () => string;
  readonly close: () => void;
};

/** An open database, its file as it is told from others, and the file that its connections share beside it. */
type Opened = {
  readonly raw: Database;
  readonly place: string | undefined;
  readonly shared: string | undefined;
  /** What was read or given last, and whether it is known to be no other file's. */
  readonly node: string;
  readonly isOwn: boolean;
};

/** Milliseconds for which a read trusts what the path named last: looking costs half as much as reading a task. */
const TRUST = 50;

/**
 * Connects to the database at a path. A process keeps the file that it opened, whatever happens to its name, and would go on
 * writing to one that is deleted. So each write looks at what the path names, and a read does now and then.
 */
export function createConnection(path: string, open: (patience: number) => Database): Connection {
  let opened: Opened | undefined = observe(path, () => open(PATIENCE));
  let seenAt = performance.now();
  let isReading = false;
  const isInPlace = () => opened?.place === identify(path);
  const endReading = () => {
    if (isReading && opened?.raw.inTransaction) opened.raw.query("rollback").run();
    isReading = false;
  };
  const use = () => {
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
    use,
    claim: () => {
      const raw = use();
      if (opened?.place !== undefined && !opened.isOwn) {
        opened = { ...opened, node: claimNode(raw, opened.place), isOwn: true };
      }
      return raw;
    },
    glance: () => {
      const raw = opened && performance.now() - seenAt < TRUST ? opened.raw : use();
      if (isReading) return raw;
      // Reads of one turn of the event loop share a transaction: to begin and end one takes as long as a small read.
      raw.query("begin").run();
      isReading = true;
      setImmediate(endReading);
      return raw;
    },
    confirm: () => {
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

/** Looks at the file before it is opened: where it is replaced in between, the next use finds that out. */
function observe(path: string, open: () => Database): Opened {
  const place = identify(path);
  const raw = open();
  // From here on the engine waits itself.
  raw.run("pragma busy_timeout = 0");
  const row = raw.query<{ value: string }, []>("select value from replica where key = 'node'").get();
  return { raw, place, shared: identify(`${path}-shm`), node: row?.value ?? "", isOwn: false };
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
  if (shared === undefined || identify(`${path}-shm`) !== shared) return;
  for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

function createAwayError(path: string): TodoError {
  return new TodoError("unavailable", `${path}: the database is not there any more`, {
    hints: ["Put it back, or put a backup in its place: it is used as soon as it is there."],
    retryAfter: 5,
  });
}
