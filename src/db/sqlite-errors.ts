import { codeOf, TodoError } from "../domain/errors.ts";

/**
 * What SQLite or the file system throws as one of our errors, with the path, the reason and what to do. The driver's own text
 * may hold SQL and values and stays in `cause` (https://www.sqlite.org/rescode.html).
 */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (error instanceof TodoError) return locate(error, path);
  const code = storeCode(error);
  if (code === undefined) return error;
  const explained = EXPLANATIONS.find(({ prefixes }) => prefixes.some((prefix) => code.startsWith(prefix)));
  const { todo, reason, hint } = explained ?? UNKNOWN;
  return new TodoError(todo, `${path}: ${reason}`, { hints: [hint], cause: error });
}

const RESTORE =
  "Nothing was changed. Put a backup in its place, or see what can be saved with the sqlite3 shell: .recover";

const EXPLANATIONS = [
  {
    prefixes: ["SQLITE_BUSY"],
    todo: "locked",
    reason: "another process has held the database for more than 5 seconds",
    hint: "Try again when it is done. Nothing was changed.",
  },
  {
    prefixes: ["SQLITE_NOTADB"],
    todo: "unreadable_store",
    reason: "it is not a todo database",
    hint: "Nothing was changed. Give another file with --db or TODO_DB.",
  },
  { prefixes: ["SQLITE_CORRUPT"], todo: "unreadable_store", reason: "the database is damaged", hint: RESTORE },
  {
    prefixes: ["SQLITE_READONLY", "EACCES", "EPERM", "EROFS"],
    todo: "read_only_store",
    reason: "the database can't be written",
    hint: "Make the file and its folder writable, or give another one with --db.",
  },
  {
    prefixes: ["SQLITE_FULL", "ENOSPC", "EDQUOT"],
    todo: "full_disk",
    reason: "the disk is full",
    hint: "Nothing was written. Free some space and try again.",
  },
  {
    prefixes: ["SQLITE_CANTOPEN"],
    todo: "unreadable_store",
    reason: "the database can't be opened",
    hint: "Look at the permissions of the file and its folder, or give another file with --db.",
  },
  {
    prefixes: ["ENOENT", "ENOTDIR"],
    todo: "unreadable_store",
    reason: "its folder is not there",
    hint: "Make the folder, or give another file with --db or TODO_DB.",
  },
  {
    prefixes: ["SQLITE_IOERR", "E"],
    todo: "io_failed",
    reason: "the disk did not read or write",
    hint: "Look at the space and the health of the disk, then run: todo doctor",
  },
] as const;

const UNKNOWN = { todo: "internal", reason: "the database refused a statement", hint: "Run: todo doctor" } as const;

function locate(error: TodoError, path: string): TodoError {
  const aboutFile = error.code === "newer_store" || error.code === "unreadable_store";
  if (!aboutFile || error.message.startsWith(path)) return error;
  return new TodoError(error.code, `${path}: ${error.message}`, { hints: error.hints, cause: error.cause });
}

/** The code of SQLite, or of what the file system refused before SQLite saw it. Other errors are none of the database's. */
function storeCode(error: unknown): string | undefined {
  const code = codeOf(error);
  const isSystem = error instanceof Error && "syscall" in error;
  return code?.startsWith("SQLITE_") || isSystem ? code : undefined;
}
