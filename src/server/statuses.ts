import type { ErrorCode } from "../domain/errors.ts";

/** The HTTP status of each error (RFC 9110). What the client can't mend by itself is 500, what passes by itself 503. */
export const STATUSES = {
  invalid_input: 400,
  usage: 400,
  not_found: 404,
  ambiguous: 409,
  unauthorized: 401,
  forbidden: 403,
  insufficient_scope: 403,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  locked: 503,
  timed_out: 503,
  unavailable: 503,
  unreadable_store: 500,
  newer_store: 503,
  read_only_store: 503,
  full_disk: 503,
  io_failed: 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;
