import { Database } from "bun:sqlite";
import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import type { FileCopy } from "../../ports/store.ts";
import { LOCK_TIMEOUT_MS } from "./busy.ts";
import { noteCopy } from "./node.ts";
import { createFileAtomically } from "./whole-file.ts";

/**
 * Throws for a path that can't be a database, and answers whether the file exists. An empty file is lost data, not a
 * new start.
 */
export function findFile(path: string): boolean {
  refuseOtherName(path);
  if (!existsSync(path)) return refuseDangling(path);
  const stat = statSync(path);
  if (!stat.isFile()) {
    const kind = stat.isDirectory() ? "a folder, not a database" : "not a regular file";
    throw new TodoError("unreadable_store", `${path}: it is ${kind}`, {
      hints: ["Give a file with --db or TODO_DB."],
    });
  }
  if (stat.size === 0) {
    throw new TodoError("unreadable_store", `${path}: the file is empty, so what was in it is gone`, {
      hints: ["Put a backup in its place. To start afresh, remove the file."],
    });
  }
  return true;
}

/**
 * Throws for a name that would open another file: the driver leaves out the white space around a name, and the runtime
 * reads bytes that are not UTF-8 as U+FFFD.
 */
function refuseOtherName(path: string): void {
  if (path !== path.trim()) {
    throw new TodoError("unreadable_store", `${path}: its name has white space around it: ${JSON.stringify(path)}`, {
      hints: ["Give the name without it. It may come from a file with Windows line ends, or from a quoted blank."],
    });
  }
  if (path.includes("\uFFFD")) {
    throw new TodoError("unreadable_store", `${path}: its name is not UTF-8 text`, {
      hints: ["Rename the file or its folder, or give a path in UTF-8 with --db or TODO_DB."],
    });
  }
}

/** What a link leads to may be on a disk that is not there just now, so nothing takes its place. */
function refuseDangling(path: string): false {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return false;
  throw new TodoError("unreadable_store", `${path}: it is a link to ${readlinkSync(path)}, which is not there`, {
    hints: ["Mount the disk that it is on, or remove the link to start afresh."],
  });
}

/** Writes a compact copy of an open database (https://www.sqlite.org/lang_vacuum.html#vacuuminto). */
export function copyDatabase(raw: Database, target: string): boolean {
  return createFileAtomically(target, (draft) => {
    raw.run("vacuum into ?", [draft]);
    const copy = new Database(draft);
    try {
      noteCopy(copy);
    } finally {
      copy.close(true);
    }
  });
}

/** The path of the copy that is made before a migration. */
export function nameCopy(path: string, migration: string): string {
  return `${path}.before-${migration}`;
}

/** The copies beside a database, the oldest first. One that is removed meanwhile is left out. */
export function listCopies(path: string): FileCopy[] {
  const start = basename(nameCopy(path, ""));
  const names = path === ":memory:" ? [] : readdirSync(dirname(path)).filter((name) => name.startsWith(start));
  return names
    .flatMap((name) => {
      const copy = `${dirname(path)}/${name}`;
      const stat = statSync(copy, { throwIfNoEntry: false });
      return stat ? [{ path: copy, bytes: stat.size, at: stat.mtimeMs }] : [];
    })
    .toSorted((one, other) => one.at - other.at);
}

/** Writes all pages anew (https://www.sqlite.org/lang_vacuum.html), and empties the -wal file with those of before. */
export function compactDatabase(raw: Database): void {
  raw.run(`pragma busy_timeout = ${LOCK_TIMEOUT_MS}`);
  try {
    raw.run("vacuum");
    const row = raw.query<{ busy: number }, []>("pragma wal_checkpoint(truncate)").get();
    if (row?.busy) throw new TodoError("locked", "another process reads the database just now", { retryAfter: 1 });
  } finally {
    raw.run("pragma busy_timeout = 0");
  }
}
