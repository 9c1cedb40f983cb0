import { TodoError } from "../../domain/errors.ts";

const RETRY_AFTER_S = 30;

/** Acquires a place for a key, and answers its release. Throws `rate_limited` if too many are in use. */
export type ConcurrencyLimit = { readonly acquire: (key: string) => () => void };

/** At most `max` at once for each key. */
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
