import type { ErrorCode } from "../domain/errors.ts";

/** What the process exits with: 1 failed, 2 wrong usage or input, 3 no such task, 4 not allowed, 5 conflict, 6 out of reach. */
export const EXIT_CODES = {
  invalid_input: 2,
  usage: 2,
  not_found: 3,
  ambiguous: 3,
  unauthorized: 4,
  forbidden: 4,
  insufficient_scope: 4,
  method_not_allowed: 2,
  conflict: 5,
  precondition_failed: 5,
  too_large: 2,
  unsupported_media_type: 2,
  rate_limited: 6,
  locked: 5,
  timed_out: 6,
  unavailable: 6,
  unreadable_store: 1,
  newer_store: 1,
  read_only_store: 1,
  full_disk: 1,
  io_failed: 1,
  internal: 1,
} as const satisfies Record<ErrorCode, number>;
