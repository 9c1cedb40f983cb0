/** Every way in which a request can fail. Each face has one table from code to status (`satisfies Record<ErrorCode, …>`). */
export type ErrorCode =
  | "invalid_input"
  | "usage"
  | "not_found"
  | "ambiguous"
  | "unauthorized"
  | "forbidden"
  | "conflict"
  | "locked"
  | "unavailable"
  | "unreadable_store"
  | "newer_store"
  | "read_only_store"
  | "full_disk"
  | "io_failed"
  | "internal";

/** The one error that this program throws on purpose. `message` says what failed and why, `hints` what to type next. */
export class TodoError extends Error {
  readonly code: ErrorCode;
  readonly hints: readonly string[];

  constructor(code: ErrorCode, message: string, options: { hints?: readonly string[]; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "TodoError";
    this.code = code;
    this.hints = options.hints ?? [];
  }
}

/** The same error with one more hint behind its own. */
export function withHint(error: TodoError, hint: string): TodoError {
  return new TodoError(error.code, error.message, { hints: [...error.hints, hint], cause: error });
}

/** The code that the platform or a driver gave to an error, such as `ENOENT` or `SQLITE_BUSY`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
