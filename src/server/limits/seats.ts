import { TodoError } from "../../domain/errors.ts";

const RETRY_AFTER_S = 30;

/** Takes a seat of a key and answers what gives it back. Throws `rate_limited` where all are taken. */
export type Seats = { readonly take: (key: string) => () => void };

/** So many seats for each key. */
export function createSeats(most: number): Seats {
  const taken = new Map<string, number>();
  const countOf = (key: string) => taken.get(key) ?? 0;
  return {
    take: (key) => {
      if (countOf(key) >= most) {
        throw new TodoError("rate_limited", `${most} are open already`, { retryAfter: RETRY_AFTER_S });
      }
      taken.set(key, countOf(key) + 1);
      return () => {
        if (countOf(key) > 1) taken.set(key, countOf(key) - 1);
        else taken.delete(key);
      };
    },
  };
}
