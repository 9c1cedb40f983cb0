import type { ErrorCode } from "../domain/errors.ts";

/** The HTTP status of each error (RFC 9110). What the client can't mend by itself is 500, what passes by itself 503. */
export const STATUSES = {
  invalid_input: 400,
  usage: 400,
  not_found: 404,
  ambiguous: 409,
  unauthorized: 401,
  forbidden: 403,
  conflict: 409,
  locked: 503,
  unavailable: 503,
  unreadable_store: 500,
  newer_store: 503,
  read_only_store: 503,
  full_disk: 503,
  io_failed: 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;
