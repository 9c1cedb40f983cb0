import { codeOf, type ErrorCode, TodoError } from "../../domain/errors.ts";

/**
 * What SQLite or the file system throws as one of our errors, with the path, the reason and what to do. The driver's own text
 * may hold SQL and values and stays in `cause` (https://www.sqlite.org/rescode.html).
 */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (error instanceof TodoError) return locate(error, path);
  const code = storeCode(error);
  if (code === undefined) return error;
  const explained = EXPLANATIONS.find(({ prefixes }) => prefixes.some((prefix) => code.startsWith(prefix)));
  const { todo, reason, hint, ...more } = explained ?? UNKNOWN;
  return new TodoError(todo, `${path}: ${reason}`, { hints: [hint], ...more, cause: error });
}

const RESTORE =
  "Nothing was changed. Put a backup in its place, or see what can be saved with the sqlite3 shell: .recover";

const EXPLANATIONS = [
  {
    prefixes: ["SQLITE_BUSY"],
    todo: "locked",
    reason: "another process has held the database for more than 5 seconds",
    hint: "Try again when it is done. Nothing was changed.",
    retryAfter: 1,
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
    retryAfter: 30,
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

const ABOUT_FILE: ReadonlySet<ErrorCode> = new Set([
  "newer_store",
  "unreadable_store",
  "read_only_store",
  "unavailable",
  "locked",
]);

const UNKNOWN = { todo: "internal", reason: "the database refused a statement", hint: "Run: todo doctor" } as const;

/** Adds the path to problems of the file. Refusals of a step, such as a `conflict`, are about tasks. */
function locate(error: TodoError, path: string): TodoError {
  if (!ABOUT_FILE.has(error.code) || error.message.startsWith(path)) return error;
  const { code, message, hints, retryAfter, cause } = error;
  return new TodoError(code, `${path}: ${message}`, { hints, ...(retryAfter && { retryAfter }), cause });
}

/** The code of SQLite, or of the file system if it failed before SQLite. Other errors are not the database's. */
function storeCode(error: unknown): string | undefined {
  const code = codeOf(error);
  const isSystem = error instanceof Error && "syscall" in error;
  return code?.startsWith("SQLITE_") || isSystem ? code : undefined;
}
