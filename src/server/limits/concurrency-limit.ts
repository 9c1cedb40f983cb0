import { TodoError } from "../../domain/errors.ts";

const RETRY_AFTER_S = 30;

/** Lets one more begin for a key, and answers what ends it. Throws `rate_limited` if too many are under way. */
export type ConcurrencyLimit = { readonly acquire: (key: string) => () => void };

/** At most so many at once for each key. */
export function createConcurrencyLimit(max: number): ConcurrencyLimit {
  const taken = new Map<string, number>();
  const countOf = (key: string) => taken.get(key) ?? 0;
  return {
    acquire: (key) => {
      if (countOf(key) >= max) {
        throw new TodoError("rate_limited", `${max} are open already`, { retryAfter: RETRY_AFTER_S });
      }
      taken.set(key, countOf(key) + 1);
      return () => {
        if (countOf(key) > 1) taken.set(key, countOf(key) - 1);
        else taken.delete(key);
      };
    },
  };
}
