import { type ErrorCode, hasCode } from "../../domain/errors.ts";
import type { RateLimit } from "./rate-limit.ts";

/** A budget of failures, for one attempt. */
export type FailureBudget = {
  /** Counts the attempt. Throws `rate_limited`. */
  readonly consume: () => void;
  readonly restore: () => void;
};

/**
 * Runs work that checks a code, and limits the failures with the code `wrong`. Each attempt is counted before it runs,
 * or many at once would all pass. Throws `rate_limited`.
 */
export async function limitFailedAttempts<Result>(
  limit: RateLimit,
  { key, wrong }: { readonly key: string; readonly wrong: ErrorCode },
  work: () => Promise<Result>,
): Promise<Result> {
  limit.consume(() => key);
  return countFailures([{ consume: () => undefined, restore: () => limit.restore(key) }], wrong, work);
}

/** Runs work that is counted already, and takes it back from the budgets unless it fails with the code `wrong`. */
export async function countFailures<Result>(
  budgets: readonly FailureBudget[],
  wrong: ErrorCode,
  work: () => Promise<Result>,
): Promise<Result> {
  let isWrong = false;
  try {
    return await work();
  } catch (error) {
    isWrong = hasCode(error, wrong);
    throw error;
  } finally {
    if (!isWrong) for (const budget of budgets) budget.restore();
  }
}
