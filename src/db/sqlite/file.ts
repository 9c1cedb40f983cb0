import { Database } from "bun:sqlite";
import { existsSync, statSync } from "node:fs";
import { TodoError } from "../../domain/errors.ts";
import { noteCopy } from "./file-identity.ts";
import { createFileAtomically } from "./whole-file.ts";

/**
 * Throws for a path that can't be a database, and answers whether the file exists. An empty file is lost data, not a
 * new start.
 */
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
