import { type ErrorCode, hasCode } from "../../domain/errors.ts";
import type { RateLimit } from "./rate-limit.ts";

/**
 * Does what needs a password or a code, of which only so many wrong ones may be tried: those that end with the code `wrong`. Each
 * is counted before anything is known of it, or of many that come at once none would be too many. Throws `rate_limited`.
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
