import type { Database } from "bun:sqlite";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { TodoError } from "../domain/errors.ts";

/**
 * Makes a file that is either whole and on disk or not there: `build` fills a file beside it, which then gets the name.
 * Answers false when the name was taken meanwhile; that file stays.
 */
export function createWhole(path: string, build: (draft: string) => void): boolean {
  const draft = `${path}.${process.pid}-${crypto.randomUUID().slice(0, 8)}.new`;
  closeSync(openSync(draft, "wx", 0o600));
  try {
    build(draft);
    sync(draft);
    linkSync(draft, path);
    sync(dirname(path));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(draft + suffix, { force: true });
  }
}

/** Throws for what can't be a database, and answers whether there is a file at all. An empty file is lost data, not a new start. */
export function findFile(path: string): boolean {
  if (!existsSync(path)) return false;
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

/** Writes a compact copy of an open database (https://www.sqlite.org/lang_vacuum.html#vacuuminto). */
export function copyDatabase(raw: Database, target: string): boolean {
  return createWhole(target, (draft) => raw.run("vacuum into ?", [draft]));
}

/** A name is on disk only when its folder is, so this takes both. */
function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
