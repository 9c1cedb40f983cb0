import { LRUCache } from "lru-cache";
import { TodoError } from "../domain/errors.ts";

const WINDOW_MS = 60_000;
/** Keys that are remembered. The least recently seen is forgotten first, and then has its whole budget again. */
const MOST_KEYS = 50_000;

/** Counts a request against a key, which is read only where there is a limit. Throws `rate_limited` with the seconds to wait. */
export type RateLimit = (readKey: () => string) => void;

/**
 * A budget of requests for each key that refills evenly: the generic cell rate algorithm (ITU-T I.371), which needs one
 * number a key. 0 a minute means no limit. `now` is in milliseconds of a clock that is never set.
 */
export function createRateLimit(perMinute: number, now: () => number): RateLimit {
  if (perMinute === 0) return () => undefined;
  const cost = WINDOW_MS / perMinute;
  // A microsecond more, because sums of fractions are not exact; they are better near 0.
  const budget = WINDOW_MS + 0.001;
  const start = now();
  const spentUntil = new LRUCache<string, number>({ max: MOST_KEYS });
  return (readKey) => {
    const key = readKey();
    const time = now() - start;
    const spent = Math.max(spentUntil.get(key) ?? time, time) + cost;
    if (spent - time > budget) {
      const retryAfter = Math.ceil((spent - time - budget) / 1000);
      throw new TodoError("rate_limited", `more than ${perMinute} requests a minute`, { retryAfter });
    }
    spentUntil.set(key, spent);
  };
}
