/** Tells who listens that a user's tasks changed. */
export type Bell = {
  /** The user's tasks have this revision now. Who has not seen it is called. */
  readonly ring: (user: string, revision: number) => void;
  /** Somebody wrote something of the user's, and what the revision is now is not known. */
  readonly knock: (user: string) => void;
  /** Calls for each revision behind `since`, also those that other processes make, until it is stopped; and when the bell is closed. */
  readonly listen: (user: string, since: number, onRing: () => void) => () => void;
  readonly isClosed: () => boolean;
  /** Calls everybody for the last time. Who listens from then on is called at once. */
  readonly close: () => void;
};

type Listener = { since: number; readonly onRing: () => void };
type Room = { readonly listeners: Set<Listener>; readonly look: () => void; readonly leave: () => void };

/**
 * A bell for the writes of this process, which looks for those of others while somebody listens, with a pause of so many
 * milliseconds between two looks. `readRevision` may fail: the next look may go well.
 */
export function createBell(readRevision: (user: string) => Promise<number>, pause: number): Bell {
  const rooms = new Map<string, Room>();
  let isClosed = false;

  const ring = (user: string, revision: number): void => {
    for (const listener of rooms.get(user)?.listeners ?? []) {
      if (revision <= listener.since) continue;
      listener.since = revision;
      listener.onRing();
    }
  };

  const open = (user: string): Room => {
    const looking = repeat(async () => ring(user, await readRevision(user)), pause);
    const room = { listeners: new Set<Listener>(), look: looking.now, leave: looking.stop };
    rooms.set(user, room);
    return room;
  };

  const listen = (user: string, since: number, onRing: () => void): (() => void) => {
    if (isClosed) {
      queueMicrotask(onRing);
      return () => undefined;
    }
    const { listeners, look, leave } = rooms.get(user) ?? open(user);
    const listener = { since, onRing };
    listeners.add(listener);
    // What was written since `since` was read rang for nobody.
    look();
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      leave();
      rooms.delete(user);
    };
  };

  return {
    ring,
    knock: (user) => rooms.get(user)?.look(),
    listen,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      for (const { listeners, leave } of rooms.values()) {
        leave();
        for (const { onRing } of listeners) onRing();
      }
    },
  };
}

/** Resolves when a user's revision is larger than `since`, the time (milliseconds) is over, the signal aborts or the bell is closed. */
export async function untilRing(
  bell: Bell,
  user: string,
  { since, ms, signal }: { readonly since: number; readonly ms: number; readonly signal: AbortSignal },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const stop = bell.listen(user, since, wake);
  const timer = setTimeout(wake, ms);
  signal.addEventListener("abort", wake);
  if (signal.aborted) wake();
  await promise;
  signal.removeEventListener("abort", wake);
  clearTimeout(timer);
  stop();
}

/** Works when it is asked to, and from then on again a pause after each end, however that came. */
function repeat(work: () => Promise<void>, pause: number) {
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
    timer = setTimeout(() => void run(), isAsked ? 0 : pause);
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
