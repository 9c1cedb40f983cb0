import type { Timers } from "../../../domain/waiting.ts";

/** Work that is asked for again and again rests so many times as long as it took. */
const RESTS = 4;
const MAX_REST_MS = 1000;

const TIMERS: Timers = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Does work at once when it is asked for, but after a rest if it has just been done. Whoever asks meanwhile shares the next time. So most of
 * the time is left for keys, however long the work takes.
 */
export function createPacer(work: () => void, { now, sleep }: Timers = TIMERS): () => void {
  let isAsked = false;
  let isBusy = false;
  const run = async () => {
    isBusy = true;
    while (isAsked) {
      isAsked = false;
      const start = now();
      work();
      // What the work leads to, such as drawing, is done by then.
      await sleep(0);
      await sleep(Math.min((now() - start) * RESTS, MAX_REST_MS));
    }
    isBusy = false;
  };
  return () => {
    isAsked = true;
    if (!isBusy) void run();
  };
}
