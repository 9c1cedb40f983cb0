import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "../config/resolve-server.ts";
import { describeRequest, fetchFrom } from "./connection.ts";

/** A stream that is silent for longer is dead. A server says something every 15 seconds. */
const SILENCE_TIMEOUT_MS = 40_000;
const HINT = "event: change";
/** Characters. No line of such a stream is longer. */
const MAX_LINE_CHARACTERS = 1000;

/** The server to listen to, with a valid token. `signal` ends it. */
export type Listening = {
  readonly server: string;
  readonly token: string;
  readonly onHint: () => void;
  readonly signal: AbortSignal;
};

/**
 * Calls for each hint that something changed, until the server ends the stream (with the token) or the signal aborts.
 * The first call comes at the beginning, for earlier changes. Throws `unavailable` if there is no such stream.
 */
export async function listenToEvents(io: Io, { server, token, onHint, signal }: Listening): Promise<void> {
  const silence = new AbortController();
  const interrupt = () => silence.abort();
  let timer = setTimeout(interrupt, SILENCE_TIMEOUT_MS);
  try {
    const stream = await openStream(io, { server, token, signal: AbortSignal.any([signal, silence.signal]) });
    onHint();
    let rest = "";
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer);
      timer = setTimeout(interrupt, SILENCE_TIMEOUT_MS);
      const lines = (rest + chunk).split("\n");
      rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
      if (lines.includes(HINT)) onHint();
    }
  } catch (cause) {
    if (signal.aborted) return;
    throw cause instanceof TodoError ? cause : noStream(server, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function openStream(io: Io, { server, token, signal }: Omit<Listening, "onHint">) {
  const ask = {
    method: "GET",
    token,
    headers: { accept: "text/event-stream", "accept-encoding": "identity" },
  } as const;
  const response = await fetchFrom(io, server, "/api/sync/events", { ...describeRequest(io, server, ask), signal });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (response.ok && isStream && response.body) return response.body;
  await response.body?.cancel();
  throw noStream(server);
}

function noStream(server: string, cause?: unknown): TodoError {
  return new TodoError("unavailable", `${hostOf(server)} does not report changes`, { cause });
}
