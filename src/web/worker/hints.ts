import { followHints, SILENCE_TIMEOUT_MS } from "../../services/sync/follow-hints.ts";
import { retryDelayMs } from "../../services/sync/passing.ts";
import type { Nap } from "./nap.ts";
import type { Platform } from "./platform.ts";
import type { AccessToken } from "./token.ts";

export type HintDeps = {
  readonly platform: Pick<Platform, "fetch" | "server" | "withLock">;
  readonly name: string;
  readonly token: AccessToken;
  /** Called when something may have been changed elsewhere. */
  readonly onHint: () => void;
  /** The time between two attempts. */
  readonly nap: Nap;
  readonly signal: AbortSignal;
};

/** Listens to the server until the signal. Of all pages of a database one does, because a browser has few connections. */
export async function listenForHints(deps: HintDeps): Promise<void> {
  const { platform, name, nap } = deps;
  while (!deps.signal.aborted) {
    const losing = new AbortController();
    const signal = AbortSignal.any([deps.signal, losing.signal]);
    try {
      await platform.withLock(`todo-events:${name}`, () => listen({ ...deps, signal }));
    } catch {
      // Another page took over from this one, which was asleep. It may be the other way round the next time.
      losing.abort();
      await nap.sleep(retryDelayMs(1), deps.signal);
    }
  }
}

async function listen(deps: HintDeps): Promise<void> {
  const { token, nap, signal } = deps;
  for (let failures = 1; !signal.aborted; failures += 1) {
    const given = await token.wait();
    const began = Date.now();
    await followStream(deps, given).catch(() => {});
    if (Date.now() - began > SILENCE_TIMEOUT_MS) failures = 1;
    await nap.sleep(retryDelayMs(failures), signal);
  }
}

function followStream({ platform, onHint, signal }: HintDeps, token: string): Promise<void> {
  const open = async (ending: AbortSignal) => {
    const headers = { accept: "text/event-stream", authorization: `Bearer ${token}` };
    const response = await platform.fetch(`${platform.server}/api/sync/events`, { headers, signal: ending });
    if (response.ok && response.body) return response.body;
    // If the token is why there is no stream, the sync that follows finds that out.
    onHint();
    throw new Error(`there is no stream (status ${response.status})`);
  };
  return followHints(open, onHint, signal);
}
