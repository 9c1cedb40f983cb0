import { hasCode, type TodoError } from "../../domain/errors.ts";
import { backOff } from "../../domain/waiting.ts";

const PASSING = ["unavailable", "timed_out", "read_timed_out", "rate_limited", "locked", "full_disk"] as const;

/** Whether a sync failed for something that passes by itself, or when somebody makes room. */
export function isPassing(error: unknown): error is TodoError {
  return hasCode(error, ...PASSING);
}

/** How long to wait after so many failures in a row. */
export const retryDelayMs = backOff({ firstMs: 1000, maxMs: 60_000 });
