/** Tells subscribers that a user's tasks changed. */
export type ChangeNotifier = {
  /** The user's tasks have this revision now. Subscribers who have not seen it are called. */
  readonly notify: (user: string, revision: number) => void;
  /** Something of the user's was written, and the new revision is not known. */
  readonly recheck: (user: string) => void;
  /**
   * Calls for each revision after `since`, also those of other processes, until unsubscribed. Calls once more at
   * `close`.
   */
  readonly subscribe: (user: string, since: number, onChange: () => void) => () => void;
  readonly isClosed: () => boolean;
  /** Calls every subscriber for the last time. Later subscribers are called at once. */
  readonly close: () => void;
};

type Listener = { since: number; readonly onChange: () => void };
type UserWatch = { readonly listeners: Set<Listener>; readonly check: () => void; readonly stop: () => void };

/**
 * Hears of this process's writes, and polls for those of other processes every `pollMs` while there are subscribers.
 * `readRevision` may fail: the next poll may succeed.
 */
export function createChangeNotifier(readRevision: (user: string) => Promise<number>, pollMs: number): ChangeNotifier {
  const watches = new Map<string, UserWatch>();
  let isClosed = false;

  const notify = (user: string, revision: number): void => {
    for (const listener of watches.get(user)?.listeners ?? []) {
      if (revision <= listener.since) continue;
      listener.since = revision;
      listener.onChange();
    }
  };

  const open = (user: string): UserWatch => {
    const checking = repeat(async () => notify(user, await readRevision(user)), pollMs);
    const watch = { listeners: new Set<Listener>(), check: checking.now, stop: checking.stop };
    watches.set(user, watch);
    return watch;
  };

  const subscribe = (user: string, since: number, onChange: () => void): (() => void) => {
    if (isClosed) {
      queueMicrotask(onChange);
      return () => undefined;
    }
    const { listeners, check, stop } = watches.get(user) ?? open(user);
    const listener = { since, onChange };
    listeners.add(listener);
    // Writes between the reading of `since` and now notified nobody.
    check();
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      stop();
      watches.delete(user);
    };
  };

  return {
    notify,
    recheck: (user) => watches.get(user)?.check(),
    subscribe,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      for (const { listeners, stop } of watches.values()) {
        stop();
        for (const { onChange } of listeners) onChange();
      }
    },
  };
}

/** Resolves when a user's revision is larger than `since`, after `timeoutMs`, when the signal aborts, or when the notifier is closed. */
export async function waitForChange(
  notifier: ChangeNotifier,
  user: string,
  { since, timeoutMs, signal }: { readonly since: number; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const stop = notifier.subscribe(user, since, wake);
  const timer = setTimeout(wake, timeoutMs);
  signal.addEventListener("abort", wake);
  if (signal.aborted) wake();
  await promise;
  signal.removeEventListener("abort", wake);
  clearTimeout(timer);
  stop();
}

/** Runs when asked, and then again `pauseMs` after each end, whether it succeeded or failed. */
function repeat(work: () => Promise<void>, pauseMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isAsked = false;
  let isStopped = false;
  const run = async () => {
    clearTimeout(timer);
    isBusy = true;
    await work().catch(() => undefined);
    isBusy = false;
    if (isStopped) return;
    timer = setTimeout(() => void run(), isAsked ? 0 : pauseMs);
    isAsked = false;
  };
  return {
    // The read in progress may be from before the change.
    now: () => (isBusy ? void (isAsked = true) : void run()),
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
