import { ERROR_CODES, type ErrorCode, TodoError } from "../../domain/errors.ts";
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
      const { status, json, retryAfter } = await send(deps, request);
      if (status >= 400) throw readProblem(json, status, retryAfter);
      return readSyncAnswer(json) ?? fail(status);
    },
  };
}

/** A reply of the server. `retryAfter` is in seconds, 0 if it does not say. */
type Reply = { readonly status: number; readonly json: unknown; readonly retryAfter: number };

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
    const retryAfter = Number(response.headers.get("retry-after") ?? 0) || 0;
    return { status: response.status, json: await response.json(), retryAfter };
  } catch (cause) {
    throw new TodoError("unavailable", "the server can't be reached", { cause });
  }
}

function readProblem(json: unknown, status: number, retryAfter: number): TodoError {
  if (!isObject(json) || typeof json["code"] !== "string") return fail(status);
  const { detail, title, server_time: time } = json;
  const text = [detail, title].find((each) => typeof each === "string") ?? `the server answers with ${status}`;
  const code = ERROR_CODES.find((known): known is ErrorCode => known === json["code"] && known !== "internal");
  return new TodoError(code ?? "unavailable", text, {
    retryAfter,
    ...(typeof time === "string" && { serverTime: Date.parse(time) }),
  });
}

function fail(status: number): never {
  throw new TodoError("unavailable", `the server does not answer like one of todo (status ${status})`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
