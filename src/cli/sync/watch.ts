import type { TodoError } from "../../domain/errors.ts";
import { isPassing, retryDelayMs } from "../../services/sync/passing.ts";
import type { Io } from "../platform/io.ts";
import { pause } from "./pause.ts";

/** From one look at what was changed to the next. */
const POLL_INTERVAL_MS = 1000;

export type Watched = {
  /** Stops waiting when the signal aborts. */
  readonly sync: (signal: AbortSignal) => Promise<void>;
  /** Whether there are unsent changes here. */
  readonly hasUnsent: () => Promise<boolean>;
  /** Calls for a while when something may have changed elsewhere. */
  readonly listen: (onHint: () => void, signal: AbortSignal) => Promise<void>;
  /** Called once for each passing failure. */
  readonly onFailure: (error: TodoError) => void;
};

/**
 * Syncs whenever something changes here or elsewhere, until a stop signal. Throws failures that do not pass by
 * themselves.
 */
export async function watchChanges(io: Io, { sync, hasUnsent, listen, onFailure }: Watched): Promise<void> {
  const stop = new AbortController();
  const due = createFlag();
  const end = () => {
    stop.abort();
    due.raise();
  };
  void io.untilStopped().then(end);
  // Problems of the server show in the next exchange.
  const listening = repeat(stop.signal, () => listen(due.raise, stop.signal), due.raise);
  const looking = repeat(stop.signal, async () => {
    if (await hasUnsent()) due.raise();
  });
  due.raise();
  try {
    await syncWhenDue(due, stop.signal, { sync, onFailure });
  } finally {
    end();
    await Promise.all([listening, looking]);
  }
}

/** Syncs each time that it is due, until the signal. A failure that passes is told once, and makes it due again after a while. */
async function syncWhenDue(
  due: Flag,
  signal: AbortSignal,
  { sync, onFailure }: Pick<Watched, "sync" | "onFailure">,
): Promise<void> {
  let failures = 0;
  await due.wait();
  while (!signal.aborted) {
    const failure = await findFailure(() => sync(signal), signal);
    failures = failure ? failures + 1 : 0;
    if (failure) {
      // Commands sync in the background, too.
      if (failures === 1 && failure.code !== "locked") onFailure(failure);
      await pause(retryDelayMs(failures), signal);
      due.raise();
    }
    await due.wait();
  }
}

/** The failure of work that passes by itself, or null. Throws any other. What fails after the signal was given up. */
async function findFailure(work: () => Promise<void>, signal: AbortSignal): Promise<TodoError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (signal.aborted) return null;
    if (isPassing(error)) return error;
    throw error;
  }
}

/** Repeats work, with a pause if it ends at once, and with growing pauses while it fails. */
async function repeat(signal: AbortSignal, work: () => Promise<void>, onFailure?: () => void): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const next = pause(POLL_INTERVAL_MS, signal);
    try {
      await work();
      failures = 0;
      await next;
    } catch {
      failures += 1;
      onFailure?.();
      await pause(retryDelayMs(failures), signal);
    }
  }
}

type Flag = ReturnType<typeof createFlag>;

/** A flag that one side raises any number of times. The other side waits for it and lowers it. */
function createFlag() {
  let isRaised = false;
  let wake = () => {};
  return {
    raise: () => {
      isRaised = true;
      wake();
    },
    wait: async () => {
      if (!isRaised) await new Promise<void>((resolve) => (wake = resolve));
      isRaised = false;
    },
  };
}
