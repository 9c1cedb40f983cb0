import { type ErrorCode, hasCode } from "../../domain/errors.ts";
import { type Excess, type RateLimit, rateLimited } from "./rate-limit.ts";

/** The budget of one key. */
export type KeyBudget = {
  /** Counts an attempt and answers null, or counts nothing if the budget is spent. */
  readonly tryConsume: () => Excess | null;
  readonly restore: () => void;
};

type Limit<Key> = {
  readonly tryConsume: (key: Key) => Excess | null;
  readonly restore: (key: Key) => void;
};

/** The budget that a limit has for a key. */
export function budgetFor<Key>(limit: Limit<Key>, key: Key): KeyBudget {
  return { tryConsume: () => limit.tryConsume(key), restore: () => limit.restore(key) };
}

/**
 * Runs work that checks a code, and limits the failures with the code `wrong`. Each attempt is counted before it runs,
 * or many at once would all pass. Throws `rate_limited`.
 */
export async function limitFailedAttempts<Result>(
  limit: RateLimit,
  { key, wrong }: { readonly key: string; readonly wrong: ErrorCode },
  work: () => Promise<Result>,
): Promise<Result> {
  const budget = budgetFor(limit, key);
  const excess = budget.tryConsume();
  if (excess !== null) throw rateLimited(excess);
  return countFailures([budget], wrong, work);
}

/** Runs work that is counted already, and takes it back from the budgets unless it fails with the code `wrong`. */
export async function countFailures<Result>(
  budgets: readonly KeyBudget[],
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
