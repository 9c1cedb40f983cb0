import type { ErrorCode } from "../../domain/errors.ts";

/** The HTTP status of each error (RFC 9110). An error that the client can't fix is 500. A passing one is 503. */
export const STATUSES = {
  invalid_input: 400,
  usage: 400,
  not_found: 404,
  ambiguous: 409,
  unauthorized: 401,
  token_expired: 401,
  forbidden: 403,
  insufficient_scope: 403,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  account_mismatch: 409,
  history_changed: 409,
  cursor_expired: 410,
  clock_skew: 422,
  unsupported_protocol: 426,
  misdirected_request: 421,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  quota_exceeded: 403,
  locked: 503,
  timed_out: 503,
  read_timed_out: 503,
  unavailable: 503,
  unreadable_store: 500,
  newer_store: 503,
  read_only_store: 503,
  full_disk: 503,
  io_failed: 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/**
 * The names of these statuses. `node:http` has them too, but loading it would delay the start of every command by 2 ms.
 */
export const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  410: "Gone",
  412: "Precondition Failed",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  422: "Unprocessable Entity",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const satisfies Record<(typeof STATUSES)[ErrorCode], string>;
