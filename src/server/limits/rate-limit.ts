import { LRUCache } from "lru-cache";
import { TodoError } from "../../domain/errors.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Maximum number of remembered keys. The least recently seen is forgotten first, and gets its whole budget back. */
const MAX_KEYS = 50_000;

/** The number of requests in a window of time. A limit of 0 means no limit. */
export type Budget = { readonly limit: number; readonly windowMs: number };

/** A budget that is spent, and the seconds until a request passes. */
export type Excess = { readonly budget: Budget; readonly retryAfterS: number };

export type RateLimit = {
  /** Counts a request against a key and answers null, or counts nothing if the budget of the key is spent. */
  readonly tryConsume: (key: string) => Excess | null;
  /**
   * Counts a request, or as many as one is worth, against a key, which is read only if there is a limit. What is worth more than
   * the whole budget takes all of it. Throws `rate_limited`.
   */
  readonly consume: (readKey: () => string, requests?: number) => void;
  /** Takes back one counted request that turned out not to count. */
  readonly restore: (key: string) => void;
};

/** The refusal of a request beyond a budget. */
export function rateLimited({ budget, retryAfterS: retryAfter }: Excess): TodoError {
  return new TodoError("rate_limited", `more than ${inWords(budget)}`, { retryAfter });
}

/** A budget in requests a minute. */
export function perMinute(limit: number): Budget {
  return { limit, windowMs: MINUTE_MS };
}

/** A budget in requests an hour. */
export function perHour(limit: number): Budget {
  return { limit, windowMs: HOUR_MS };
}

/**
 * A budget of requests for each key that refills evenly: the generic cell rate algorithm (ITU-T I.371), which needs one
 * number a key. `now` is in milliseconds of a clock that is never set.
 */
export function createRateLimit(budget: Budget, now: () => number): RateLimit {
  const { limit, windowMs } = budget;
  if (limit === 0) return { tryConsume: () => null, consume: () => undefined, restore: () => undefined };
  const cost = windowMs / limit;
  // One microsecond more, because sums of fractions are not exact. They are more exact near 0.
  const whole = windowMs + 0.001;
  const start = now();
  const spentUntil = new LRUCache<string, number>({ max: MAX_KEYS });
  const tryConsume = (key: string, requests = 1): Excess | null => {
    const time = now() - start;
    const spent = Math.max(spentUntil.get(key) ?? time, time) + cost * Math.min(requests, limit);
    if (spent - time > whole) return { budget, retryAfterS: Math.ceil((spent - time - whole) / 1000) };
    spentUntil.set(key, spent);
    return null;
  };
  return {
    tryConsume,
    consume: (readKey, requests) => {
      const excess = tryConsume(readKey(), requests);
      if (excess !== null) throw rateLimited(excess);
    },
    restore: (key) => {
      const spent = spentUntil.get(key);
      if (spent === undefined) return;
      // A key of which nothing is spent would push out another one.
      if (spent - cost > now() - start) spentUntil.set(key, spent - cost);
      else spentUntil.delete(key);
    },
  };
}

function inWords({ limit, windowMs }: Budget): string {
  const requests = limit === 1 ? "1 request" : `${limit} requests`;
  if (windowMs === MINUTE_MS) return `${requests} a minute`;
  if (windowMs === HOUR_MS) return `${requests} an hour`;
  return `${requests} in ${windowMs / MINUTE_MS} minutes`;
}
