import { TodoError } from "../../domain/errors.ts";
import type { Platform } from "./platform.ts";
import { watchSilence } from "../../services/watch-silence.ts";

/** What is used of Web Locks (https://www.w3.org/TR/web-locks/). */
export type WebLocks = {
  request(
    name: string,
    options: { readonly signal?: AbortSignal; readonly steal?: boolean },
    work: () => Promise<void>,
  ): Promise<unknown>;
};

/** How often a page that has a lock gives a sign of life, and for how long it may give none. */
export type LockTimes = { readonly signMs: number; readonly silenceMs: number };

const TIMES: LockTimes = { signMs: 5000, silenceMs: 30_000 };

/**
 * Locks that a page loses if it gives no sign of life: browsers stop pages that are hidden, and these keep their locks. Work whose lock
 * was taken away throws `locked`; it may still be under way.
 */
export function createLocks(locks: WebLocks, { signMs, silenceMs } = TIMES): Platform["withLock"] {
  return async (name, work) => {
    const channel = new BroadcastChannel(name);
    const waiting = new AbortController();
    const silence = watchSilence(silenceMs, () => waiting.abort());
    channel.addEventListener("message", silence.noteSign);
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      channel.removeEventListener("message", silence.noteSign);
      silence.end();
      return whileGivingSigns(channel, signMs, work);
    };
    try {
      await locks.request(name, { signal: waiting.signal }, begin).catch(async (error: unknown) => {
        if (hasBegun || !waiting.signal.aborted) throw error;
        await locks.request(name, { steal: true }, begin);
      });
    } catch (error) {
      throw hasBegun && isAbort(error) ? new TodoError("locked", "another page goes on with it") : error;
    } finally {
      silence.end();
      channel.close();
    }
  };
}

async function whileGivingSigns(channel: BroadcastChannel, signMs: number, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => channel.postMessage(null), signMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
