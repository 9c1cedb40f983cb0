import type { TokenScope } from "./accounts.ts";

/** Every way in which a request can fail. CLI and HTTP each map it in one table (`satisfies Record<ErrorCode, …>`). */
export const ERROR_CODES = [
  "invalid_input",
  "usage",
  "not_found",
  "ambiguous",
  "unauthorized",
  "token_expired",
  "forbidden",
  "insufficient_scope",
  "method_not_allowed",
  "conflict",
  "precondition_failed",
  "account_mismatch",
  "history_changed",
  "cursor_expired",
  "clock_skew",
  "unsupported_protocol",
  "misdirected_request",
  "too_large",
  "unsupported_media_type",
  "rate_limited",
  "quota_exceeded",
  "locked",
  "timed_out",
  "read_timed_out",
  "unavailable",
  "unreadable_store",
  "newer_store",
  "read_only_store",
  "full_disk",
  "io_failed",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An issue with one part of an input. `path` leads to it: `tags.0`, or an empty text for the whole. `at` and `length` are as in `Excerpt`. */
export type FieldIssue = {
  readonly path: string;
  readonly message: string;
  readonly at?: number | undefined;
  readonly length?: number | undefined;
  /** What may be meant: `Did you mean friday?` */
  readonly suggestion?: string | undefined;
};

/** A place in a text that somebody wrote, in UTF-16 code units. Behind the text it has no length. */
export type Excerpt = { readonly text: string; readonly at: number; readonly length: number };

/** What a server limits for each user. */
export const QUOTA_NAMES = ["tasks", "bytes", "devices", "tokens"] as const;
export type QuotaName = (typeof QUOTA_NAMES)[number];

/** A limit of a user, and how much of it is used. */
export type Quota = { readonly name: QuotaName; readonly limit: number; readonly used: number };

export type ErrorDetails = {
  readonly hints?: readonly string[];
  readonly issues?: readonly FieldIssue[];
  /** Where in a text it went wrong. */
  readonly excerpt?: Excerpt | undefined;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter?: number;
  /** The server's clock in Unix milliseconds, if the client's clock is wrong. */
  readonly serverTime?: number;
  /** The scope that the token lacks. */
  readonly missingScope?: TokenScope;
  /** One word for the log that says why a token was refused. The client is not told. */
  readonly refusal?: string;
  /** The limit that is reached. */
  readonly quota?: Quota;
  /** How many tasks a filter finds, where these are too many or not as many as expected. */
  readonly matched?: number;
  readonly cause?: unknown;
};

/** The one error that this program throws on purpose. `message` says what failed and why, `hints` what to type next. */
export class TodoError extends Error {
  readonly code: ErrorCode;
  readonly hints: readonly string[];
  readonly issues: readonly FieldIssue[];
  readonly excerpt: Excerpt | undefined;
  readonly retryAfter: number | undefined;
  readonly serverTime: number | undefined;
  readonly missingScope: TokenScope | undefined;
  readonly refusal: string | undefined;
  readonly quota: Quota | undefined;
  readonly matched: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "TodoError";
    this.code = code;
    this.hints = details.hints ?? [];
    this.issues = details.issues ?? [];
    this.excerpt = details.excerpt;
    this.retryAfter = details.retryAfter;
    this.serverTime = details.serverTime;
    this.missingScope = details.missingScope;
    this.refusal = details.refusal;
    this.quota = details.quota;
    this.matched = details.matched;
  }
}

/** Whether an error is of this program and has one of these codes. */
export function hasCode<Code extends ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is TodoError & { readonly code: Code } {
  return error instanceof TodoError && codes.some((code) => code === error.code);
}

/** Whether the token, or the lack of one, is why an error was thrown. A new token helps then. */
export function isUnauthorized(
  error: unknown,
): error is TodoError & { readonly code: "unauthorized" | "token_expired" } {
  return hasCode(error, "unauthorized", "token_expired");
}

/** What `read` returns, or undefined if it throws an error of this program. */
export function tryRead<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) return undefined;
    throw error;
  }
}

/** The same error with one more hint after its own. */
export function withHint(error: TodoError, hint: string): TodoError {
  const { code, message, issues, excerpt, hints } = error;
  return new TodoError(code, message, { hints: [...hints, hint], issues, excerpt, cause: error });
}

/** The code that the platform or a driver gave to an error, such as `ENOENT` or `SQLITE_BUSY`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
