import { type ErrorCode, hasCode } from "../../domain/errors.ts";
import type { RateLimit } from "./rate-limit.ts";

/**
 * Runs work that checks a password or a code, and limits the failures with the code `wrong`. Each attempt is counted
 * before it runs, or many at once would all pass. Throws `rate_limited`.
 */
export async function limitFailedAttempts<Result>(
  limit: RateLimit,
  { key, wrong }: { readonly key: string; readonly wrong: ErrorCode },
  work: () => Promise<Result>,
): Promise<Result> {
  limit.consume(() => key);
  let isWrong = false;
  try {
    return await work();
  } catch (error) {
    isWrong = hasCode(error, wrong);
    throw error;
  } finally {
    if (!isWrong) limit.restore(key);
  }
}
