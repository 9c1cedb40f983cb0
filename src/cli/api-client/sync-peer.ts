import { MAX_ANSWER_BYTES } from "../../ports/sync.ts";
import { readSyncAnswer } from "../../contract/read-sync-answer.ts";
import { readIdentity } from "../../contract/server-replies.ts";
import { tagProfile } from "../../services/sync/profile.ts";
import type { PeerRequest } from "../../services/sync/synchronize.ts";
import { SYNC_HEADERS, toWireRequest } from "../../services/sync/wire-request.ts";
import type { Io } from "../platform/io.ts";
import type { Listener, Remote } from "../sync/remote.ts";
import { listenToEvents } from "./events.ts";
import { openServer, type ServerClient } from "./server-client.ts";

/** For so long a server may hold an answer. After the other time it will not answer any more. */
const LONG_POLL_S = 25;
const LONG_POLL_TIMEOUT_MS = 40_000;

/** A server over HTTP, asked as the logged-in user. Throws `unauthorized` if there is none. Nothing is sent yet. */
export async function openServerRemote(io: Io, server: string): Promise<Remote> {
  const client = await openServer(io, server);
  let hasStreams = true;
  return {
    identify: async () => {
      const { id, email } = await client.ask(readIdentity, { method: "GET", path: "/api/me" });
      return { server, user: id, name: email ?? id };
    },
    peer: { exchange: (request) => exchange(client, request) },
    listen: async ({ onHint, signal, ...listener }) => {
      if (hasStreams) {
        try {
          return await listenToEvents(io, { server, token: await client.freshToken(), onHint, signal });
        } catch {
          // Either the network blocks streams, or the server is away. The next request finds out which.
        }
      }
      await pollForChange(client, { onHint, signal, ...listener });
      hasStreams = false;
    },
    close: () => Promise.resolve(),
  };
}

/** With a signal the server may wait for a change. */
function exchange({ ask }: ServerClient, request: PeerRequest, signal?: AbortSignal) {
  return ask(readSyncAnswer, {
    method: "POST",
    path: "/api/sync",
    maxReplyBytes: MAX_ANSWER_BYTES,
    headers: SYNC_HEADERS,
    json: { ...toWireRequest(request), ...(signal && { wait: LONG_POLL_S }) },
    ...(signal && { signal, timeoutMs: LONG_POLL_TIMEOUT_MS }),
  });
}

/** Waits on the server for one change. The next exchange fetches it. */
async function pollForChange(client: ServerClient, { user, replica, onHint, signal }: Listener): Promise<void> {
  const { base, node, profile } = await replica.outgoing(1);
  const known = { tag: tagProfile(profile.whole), changes: {} };
  const request = { replica: node, user, cursor: base.cursor, limit: 1, changes: [], profile: known };
  const answer = await exchange(client, request, signal);
  if (!signal.aborted && (answer.changes.length > 0 || answer.profile !== undefined)) onHint();
}
