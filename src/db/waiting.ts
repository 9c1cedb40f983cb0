import type { RetryPolicy, Timers } from "../domain/waiting.ts";

export const TIMERS: Timers = { now: () => performance.now(), sleep: (ms) => Bun.sleep(ms) };

/** The same delays, but half as long up to half as long again by chance, so that processes don't come back at the same time. */
export function withJitter(delayMs: RetryPolicy["delayMs"]): RetryPolicy["delayMs"] {
  return (failures) => delayMs(failures) * (0.5 + Math.random());
}
