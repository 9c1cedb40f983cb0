import { TodoError } from "../../domain/errors.ts";
import { createForeignReplyError, readProblem } from "../../contract/read-problem.ts";
import { readSyncAnswer } from "../../contract/read-sync-answer.ts";
import type { PeerRequest, SyncPeer } from "../../services/sync/synchronize.ts";
import { SYNC_HEADERS, toWireRequest } from "../../services/sync/wire-request.ts";
import type { Platform } from "./platform.ts";

/** A server answers in less, or with an error. */
const REPLY_TIMEOUT_MS = 20_000;

export type PeerDeps = Pick<Platform, "fetch" | "server"> & { readonly token: string; readonly signal: AbortSignal };

/** The server of the page, as the user of a token. Throws what it refuses with, and `unavailable`. */
export function createPeer(deps: PeerDeps): SyncPeer {
  return {
    exchange: async (request) => {
      const { response, json } = await send(deps, request);
      if (!response.ok) throw readProblem(json, response);
      const answer = readSyncAnswer(json);
      if (!answer) throw createForeignReplyError(response.status);
      return answer;
    },
  };
}

type Reply = { readonly response: Response; readonly json: unknown };

async function send({ fetch, server, token, signal }: PeerDeps, request: PeerRequest): Promise<Reply> {
  try {
    const response = await fetch(`${server}/api/sync`, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        ...SYNC_HEADERS,
      },
      body: JSON.stringify(toWireRequest(request)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]),
    });
    return { response, json: await response.json().catch(dropNoJson) };
  } catch (cause) {
    throw new TodoError("unavailable", "the server can't be reached", { cause });
  }
}

/** What is no JSON says nothing. That a reply did not come to its end is another fault. */
function dropNoJson(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw error;
}
