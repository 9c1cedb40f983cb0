import { SQLiteError } from "bun:sqlite";
import { backOff, retry } from "../../domain/waiting.ts";
import { TIMERS, withJitter } from "../waiting.ts";

/** How long a process waits for another's write. */
export const LOCK_TIMEOUT_MS = 5000;

const POLICY = {
  isRetryable: isBusy,
  timeoutMs: LOCK_TIMEOUT_MS,
  delayMs: withJitter(backOff({ firstMs: 1, maxMs: 50 })),
};

/** True for what SQLite throws when another process has a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  return error instanceof SQLiteError && error.code?.startsWith("SQLITE_BUSY") === true;
}

/**
 * Repeats what another process keeps from running, for as long as it is worth waiting. SQLite's own waiting would hold up
 * everything else that this process does.
 */
export function retryWhileBusy<Result>(work: () => Result): Promise<Result> {
  return retry(work, POLICY, TIMERS);
}
