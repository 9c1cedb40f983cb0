/** Tells subscribers that a user's tasks changed. */
export type ChangeNotifier = {
  /** The user's tasks have this revision now. Who has not seen it is called. */
  readonly notify: (user: string, revision: number) => void;
  /** Somebody wrote something of the user's, and what the revision is now is not known. */
  readonly recheck: (user: string) => void;
  /** Calls for each revision after `since`, also those that other processes make, until it is unsubscribed; and at `close`. */
  readonly subscribe: (user: string, since: number, onChange: () => void) => () => void;
  readonly isClosed: () => boolean;
  /** Calls everybody for the last time. Who listens from then on is called at once. */
  readonly close: () => void;
};

type Listener = { since: number; readonly onChange: () => void };
type UserWatch = { readonly listeners: Set<Listener>; readonly check: () => void; readonly stop: () => void };

/**
 * Is notified of the writes of this process, and looks for those of other processes while anybody is subscribed, every `pollMs`.
 * `readRevision` may fail: the next one may go well.
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
    // What was written after `since` was read notified nobody.
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

/** Works when it is asked to, and from then on again `pauseMs` after each end, however that came. */
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
    // What is being read at the moment may be from before.
    now: () => (isBusy ? void (isAsked = true) : void run()),
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
