import { TodoError } from "../domain/errors.ts";

/** What one user may ask for at once that may look at all of their tasks. The rest of the machine is for others. */
export const SCANS_OF_USER = { maxOfUser: 2, maxWaitingOfUser: 8 };

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

export function scanTookTooLong(): TodoError {
  return new TodoError("timed_out", "the search took too long and was ended", { retryAfter: 5 });
}
