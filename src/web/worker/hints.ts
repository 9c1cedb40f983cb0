import { backOff } from "../../domain/waiting.ts";
import type { Nap } from "./nap.ts";
import type { Platform } from "./platform.ts";
import { watchSilence } from "./silence.ts";
import type { AccessToken } from "./token.ts";

/** A stream that is silent for longer is dead. A server says something every 15 seconds. */
const SILENCE_TIMEOUT_MS = 40_000;
const retryDelayMs = backOff({ firstMs: 1000, maxMs: 60_000 });
const HINT = "event: change";
/** No line of such a stream is longer. */
const MAX_LINE_CHARACTERS = 1000;

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

/** Calls for each hint until the stream ends, and once at its beginning for what came before. */
async function followStream({ platform, onHint, signal }: HintDeps, token: string): Promise<void> {
  const silence = new AbortController();
  const watch = watchSilence(SILENCE_TIMEOUT_MS, () => silence.abort());
  try {
    const headers = { accept: "text/event-stream", authorization: `Bearer ${token}` };
    const ending = AbortSignal.any([signal, silence.signal]);
    const response = await platform.fetch(`${platform.server}/api/sync/events`, { headers, signal: ending });
    // If the token is why there is no stream, the sync that follows finds that out.
    onHint();
    if (!response.ok || !response.body) return;
    await readLines(response.body, watch.noteSign, (line) => {
      if (line === HINT) onHint();
    });
  } finally {
    watch.end();
  }
}

/** A reader, because Safari can't iterate over a stream. */
async function readLines(
  body: ReadableStream<Uint8Array>,
  onChunk: () => void,
  onLine: (line: string) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onChunk();
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) onLine(line);
  }
}
