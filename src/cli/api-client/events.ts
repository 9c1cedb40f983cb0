import { TodoError } from "../../domain/errors.ts";
import { followHints } from "../../services/sync/follow-hints.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "../config/resolve-server.ts";
import { describeRequest, fetchFrom } from "./connection.ts";

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
  try {
    await followHints((ending) => openStream(io, { server, token, signal: ending }), onHint, signal);
  } catch (cause) {
    if (signal.aborted) return;
    throw cause instanceof TodoError ? cause : noStream(server, cause);
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
