import type { ChangeNotifier } from "../../services/sync/change-notifier.ts";
import type { Pace } from "../request-context.ts";

/** An event without data is dropped (https://html.spec.whatwg.org/multipage/server-sent-events.html, 9.2.6). */
const HINT = "event: change\ndata: {}\n\n";
/** Comments that keep the stream alive. The first one comes at once, to show the client that it is connected. */
const HELLO = ": connected\n\n";
const KEEP_ALIVE = ": keep-alive\n\n";
/**
 * Hints waiting to be read, beside those in the connection's buffers. A client that reads none is cut off, or they
 * would pile up.
 */
const MAX_UNREAD_HINTS = 100;

export type HintSource = {
  readonly notifier: ChangeNotifier;
  readonly user: string;
  /** The revision after which there are hints. */
  readonly since: number;
  readonly pace: Pace;
  /** Whether the subscriber is still allowed to listen. */
  readonly isAdmitted: () => Promise<boolean>;
  /** Called once when the stream ends, for any reason. */
  readonly onEnd: () => void;
};

/** Server-sent events, one for each change, without the change itself. It works from the moment it is made. */
export function openHintStream({ notifier, user, since, pace, isAdmitted, onEnd }: HintSource): ReadableStream {
  const encoder = new TextEncoder();
  const closing: (() => void)[] = [];
  const cleanUp = () => {
    for (const close of closing.splice(0)) close();
  };
  return new ReadableStream({
    start: (controller) => {
      const send = (text: string) => {
        if ((controller.desiredSize ?? 0) > -MAX_UNREAD_HINTS) return controller.enqueue(encoder.encode(text));
        cleanUp();
        controller.error(new Error("nobody reads"));
      };
      const end = () => {
        if (closing.length === 0) return;
        cleanUp();
        controller.close();
      };
      const checkAndSend = async () => {
        if (!(await isAdmitted())) end();
        else if (closing.length > 0) send(KEEP_ALIVE);
      };
      const hints = throttleCalls(pace.throttleMs, () => send(HINT));
      const keepAlive = setInterval(() => void checkAndSend(), pace.keepAliveMs);
      closing.push(onEnd, hints.stop, () => clearInterval(keepAlive));
      closing.push(notifier.subscribe(user, since, () => (notifier.isClosed() ? end() : hints.call())));
      send(HELLO);
    },
    // Bun calls this when the client goes away, even before the answer.
    cancel: cleanUp,
  });
}

/** Calls at once, and then at most once in an interval, as long as it was asked to again. */
function throttleCalls(intervalMs: number, call: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const rest = () => {
    timer = undefined;
    if (isAsked) work();
  };
  const work = () => {
    isAsked = false;
    call();
    timer = setTimeout(rest, intervalMs);
  };
  return {
    call: () => {
      if (timer === undefined) work();
      else isAsked = true;
    },
    stop: () => clearTimeout(timer),
  };
}
