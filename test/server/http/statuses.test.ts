import { expect, test } from "bun:test";
import { STATUSES } from "../../../src/server/http/statuses.ts";

test("every error has the HTTP status that clients rely on", () => {
  expect(STATUSES).toEqual({
    invalid_input: 400,
    usage: 400,
    unauthorized: 401,
    token_expired: 401,
    forbidden: 403,
    insufficient_scope: 403,
    method_not_allowed: 405,
    precondition_failed: 412,
    too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    quota_exceeded: 403,
    timed_out: 503,
    read_timed_out: 503,
    not_found: 404,
    ambiguous: 409,
    conflict: 409,
    account_mismatch: 409,
    history_changed: 409,
    cursor_expired: 410,
    clock_skew: 422,
    unsupported_protocol: 426,
    misdirected_request: 421,
    unreadable_store: 500,
    io_failed: 500,
    internal: 500,
    locked: 503,
    unavailable: 503,
    newer_store: 503,
    read_only_store: 503,
    full_disk: 503,
  });
});
