/** How the machine waits. Passed in, because the domain reads no clock. */
export type Timers = {
  /** Milliseconds since any one moment. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
};

export type RetryPolicy = {
  readonly isRetryable: (error: unknown) => boolean;
  /** Milliseconds before the next attempt, after so many failures. */
  readonly delayMs: (failures: number) => number;
  /** After this no attempt begins any more. An attempt that runs is not cut off. */
  readonly timeoutMs?: number;
  readonly maxAttempts?: number;
};

/** Repeats work that fails, as long as the policy allows. Throws the last error. */
export async function retry<Result>(
  work: () => Result | Promise<Result>,
  { isRetryable, delayMs, timeoutMs = Infinity, maxAttempts = Infinity }: RetryPolicy,
  { now, sleep }: Timers,
): Promise<Result> {
  const deadline = now() + timeoutMs;
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || failures >= maxAttempts || now() > deadline) throw error;
    }
    await sleep(delayMs(failures));
  }
}

/** Delays that double from the first to the longest. */
export function backOff({ firstMs, maxMs }: { readonly firstMs: number; readonly maxMs: number }) {
  return (failures: number): number => Math.min(firstMs * 2 ** (failures - 1), maxMs);
}

/**
 * The work's result. When that takes longer it throws what `onTimeout` answers, and the work itself goes on. The timer is not
 * passed in: unlike a clock it tells nothing about the machine.
 */
export async function withTimeout<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  onTimeout: () => Error,
): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(onTimeout()), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
