import { PROTOCOL } from "../../domain/sync.ts";
import { readSyncAnswer } from "../../services/server-replies.ts";
import type { SyncPeer } from "../../services/sync/synchronize.ts";
import type { ServerSession } from "./session.ts";

/** A server that is asked over HTTP. `replica` names the one that asks. */
export function createHttpPeer({ ask }: ServerSession, replica: string): SyncPeer {
  return {
    exchange: ({ user, cursor, limit, changes }) =>
      ask(readSyncAnswer, {
        method: "POST",
        path: "/api/sync",
        json: { protocol: PROTOCOL, replica, user, cursor, limit, changes },
      }),
  };
}
