import { TodoError } from "../domain/errors.ts";
import { createFairQueue, type QueueLimits, type TakeTurn } from "./fair-queue.ts";

/** What one user may ask for at once that may look at all of their tasks. The rest of the machine is for others. */
const SCANS_OF_USER = {
  search: { maxOfUser: 2, maxWaitingOfUser: 8 },
  /**
   * Pages that devices and lists ask for. A change wakes all devices of a user at once, one that is refused stays behind, and a
   * front end shows several lists. So they wait, but not for searches.
   */
  large: { maxOfUser: 1, maxWaitingOfUser: Infinity },
} as const satisfies Record<string, QueueLimits>;

export type ScanKind = keyof typeof SCANS_OF_USER;

/** A queue of scans of which so many run at once. */
export function createScanQueue(max: number): Readonly<Record<ScanKind, TakeTurn>> {
  const open = createFairQueue(max);
  return { search: open(SCANS_OF_USER.search), large: open(SCANS_OF_USER.large) };
}

/** Does work with a signal that aborts when its time is up. */
export async function limitTime<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(scanTookTooLong()), timeoutMs);
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** It is not `timed_out`, after which nobody knows what was done: this only read. */
export function scanTookTooLong(): TodoError {
  return new TodoError("read_timed_out", "to look through the tasks took too long and was ended", { retryAfter: 5 });
}
