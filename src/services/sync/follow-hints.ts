import { watchSilence } from "../watch-silence.ts";

/** A stream that is silent for longer is dead. A server says something every 15 seconds. */
export const SILENCE_TIMEOUT_MS = 40_000;
const HINT = "event: change";
/** No line of such a stream is longer. */
const MAX_LINE_CHARACTERS = 1000;

/** Opens the stream of a server that says when something was changed. The signal ends it. */
export type OpenHints = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/**
 * Calls when something may have been changed: once at the beginning, for what came before, and with each part of the stream that says
 * so, until it ends. Throws what opening throws, and when the stream breaks, is silent for too long, or the signal aborts.
 */
export async function followHints(open: OpenHints, onHint: () => void, signal: AbortSignal): Promise<void> {
  const silence = new AbortController();
  const watch = watchSilence(SILENCE_TIMEOUT_MS, () => silence.abort());
  try {
    const stream = await open(AbortSignal.any([signal, silence.signal]));
    onHint();
    for await (const lines of readLines(stream)) {
      watch.noteSign();
      if (lines.includes(HINT)) onHint();
    }
  } finally {
    watch.end();
  }
}

/** The lines of each part of a stream. With a reader, because Safari can't iterate over a stream. */
async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    yield lines;
  }
}
