import type { ChangeNotifier } from "../../../src/services/sync/change-notifier.ts";

export const HELLO = ": connected";
export const KEEP_ALIVE = ": keep-alive";
export const HINT = "event: change\ndata: {}";

/** Reads a stream of server-sent events, block by block (HTML standard, 9.2.6). */
export function readHints({ body }: Response) {
  if (!body) throw new Error("the reply has no body");
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  /** What stands before the next empty line, undefined at the end. */
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const end = rest.indexOf("\n\n");
      if (end !== -1) {
        const block = rest.slice(0, end);
        rest = rest.slice(end + 2);
        return block;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      rest += decoder.decode(value, { stream: true });
    }
  };
  return {
    next,
    /** What comes next, but for signs of life. */
    nextHint: async () => {
      for (;;) {
        const block = await next();
        if (block !== KEEP_ALIVE) return block;
      }
    },
    leave: () => reader.cancel(),
  };
}

/** The same bell, which knows how many listen. */
export function watchNotifier(notifier: ChangeNotifier) {
  const listening = new Set<symbol>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const note = () => {
    for (const { count, resolve } of waiting) if (listening.size === count) resolve();
  };
  const watched: ChangeNotifier = {
    ...notifier,
    subscribe: (user, since, onChange) => {
      const one = Symbol(user);
      const stop = notifier.subscribe(user, since, onChange);
      listening.add(one);
      note();
      return () => {
        stop();
        listening.delete(one);
        note();
      };
    },
  };
  /** Resolves when so many listen. */
  const until = async (count: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ count, resolve });
    note();
    await promise;
  };
  return { notifier: watched, until };
}
