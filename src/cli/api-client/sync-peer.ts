import { PROTOCOL } from "../../ports/sync.ts";
import { readIdentity, readSyncAnswer } from "../../contract/server-replies.ts";
import type { PeerRequest } from "../../services/sync/synchronize.ts";
import type { Io } from "../platform/io.ts";
import type { Listener, Remote } from "../sync/remote.ts";
import { listenToEvents } from "./events.ts";
import { openServer, type ServerClient } from "./server-client.ts";

/** For so long a server may hold an answer. After the other time it will not answer any more. */
const LONG_POLL_S = 25;
const LONG_POLL_TIMEOUT_MS = 40_000;

/** A server that is asked over HTTP, as whoever is logged in to it. Throws `unauthorized` where nobody is. Nothing is sent yet. */
export async function openServerRemote(io: Io, origin: string): Promise<Remote> {
  const server = await openServer(io, origin);
  let hasStreams = true;
  return {
    identify: async () => {
      const { id, email } = await server.ask(readIdentity, { method: "GET", path: "/api/me" });
      return { server: origin, user: id, name: email ?? id };
    },
    peer: { exchange: (request) => exchange(server, request) },
    listen: async ({ onHint, signal, ...listener }) => {
      if (hasStreams) {
        try {
          return await listenToEvents(io, { origin, token: await server.freshToken(), onHint, signal });
        } catch {
          // Then it is the network that does not let them pass, or the server is away, which the next request finds out.
        }
      }
      await waitForChange(server, { onHint, signal, ...listener });
      hasStreams = false;
    },
    close: () => Promise.resolve(),
  };
}

/** With a signal the server may wait until there is something to answer. What goes without saying is left out: most have nothing to bring. */
function exchange({ ask }: ServerClient, { user, limit, changes, ...request }: PeerRequest, signal?: AbortSignal) {
  const brings = changes.length > 0 && { user, changes };
  const takes = limit !== undefined && { limit };
  return ask(readSyncAnswer, {
    method: "POST",
    path: "/api/sync",
    headers: { "todo-protocol": String(PROTOCOL) },
    json: { protocol: PROTOCOL, ...request, ...brings, ...takes, ...(signal && { wait: LONG_POLL_S }) },
    ...(signal && { signal, timeoutMs: LONG_POLL_TIMEOUT_MS }),
  });
}

/** Asks for one change that the server may wait for. It is taken with the next exchange. */
async function waitForChange(server: ServerClient, { user, replica, onHint, signal }: Listener): Promise<void> {
  const { base: asked, node } = await replica.outgoing(1);
  const request = { replica: node, user, cursor: asked.cursor, limit: 1, changes: [] };
  const answer = await exchange(server, request, signal);
  if (!signal.aborted && answer.changes.length > 0) onHint();
}
