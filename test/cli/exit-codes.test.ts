import { expect, test } from "bun:test";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { run } from "../../src/cli/run.ts";
import { type ErrorCode, TodoError } from "../../src/domain/errors.ts";
import { STATUSES } from "../../src/server/http/statuses.ts";
import { useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** As the README promises them to scripts. */
const PROMISED: [ErrorCode, number][] = [
  ["invalid_input", 2],
  ["usage", 2],
  ["not_found", 3],
  ["ambiguous", 3],
  ["unauthorized", 4],
  ["token_expired", 4],
  ["forbidden", 4],
  ["insufficient_scope", 4],
  ["method_not_allowed", 2],
  ["too_large", 2],
  ["unsupported_media_type", 2],
  ["conflict", 5],
  ["account_mismatch", 5],
  ["history_changed", 5],
  ["cursor_expired", 5],
  ["clock_skew", 5],
  ["unsupported_protocol", 6],
  ["misdirected_request", 6],
  ["precondition_failed", 5],
  ["rate_limited", 6],
  ["quota_exceeded", 4],
  ["timed_out", 6],
  ["read_timed_out", 6],
  ["locked", 5],
  ["unavailable", 6],
  ["unreadable_store", 1],
  ["newer_store", 1],
  ["read_only_store", 1],
  ["full_disk", 1],
  ["io_failed", 1],
  ["internal", 1],
];

test.each(PROMISED)("a command that fails with %s exits with %i and says why", async (code, exit) => {
  const { io, run: runAgain } = openTerminal();
  const failing = { ...io, openStore: () => Promise.reject(new TodoError(code, "it is so", { hints: ["do this"] })) };
  expect(await run(["list"], failing)).toBe(exit);
  expect(await run(["list", "--json"], failing)).toBe(exit);
  expect((await runAgain("list")).code).toBe(0);
});

test("every code has an exit code, and the HTTP face knows the same codes", () => {
  expect(Object.fromEntries(PROMISED)).toEqual(EXIT_CODES);
  expect(Object.keys(STATUSES).toSorted()).toEqual(Object.keys(EXIT_CODES).toSorted());
});
