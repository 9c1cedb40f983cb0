import { TodoError } from "../domain/errors.ts";

/** What one user may ask for at once that may look at all of their tasks. The rest of the machine is for others. */
export const SCANS_OF_USER = { maxOfUser: 2, maxWaitingOfUser: 8 };

export function scanTookTooLong(): TodoError {
  return new TodoError("timed_out", "the search took too long and was ended", { retryAfter: 5 });
}
