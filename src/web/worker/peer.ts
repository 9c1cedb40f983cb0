import { ERROR_CODES, type ErrorCode, TodoError } from "../../domain/errors.ts";
import type { Registers } from "../../domain/task/registers.ts";
import type { RejectedChange } from "../../ports/replica.ts";
import type { RemoteTask } from "../../ports/store.ts";
import { PROTOCOL } from "../../ports/sync.ts";
import { isStorable } from "../../contract/check-change.ts";
import type { PeerAnswer, PeerRequest, SyncPeer } from "../../services/sync/synchronize.ts";
import type { Platform } from "./platform.ts";

/** A server answers in less, or with an error. */
const REPLY_TIMEOUT_MS = 20_000;

export type PeerDeps = Pick<Platform, "fetch" | "server"> & { readonly token: string; readonly signal: AbortSignal };

/** The server of the page, as the user of a token. Throws what it refuses with, and `unavailable`. */
export function createPeer(deps: PeerDeps): SyncPeer {
  return {
    exchange: async (request) => {
      const { status, json } = await send(deps, request);
      if (status >= 400) throw readProblem(json, status);
      return readAnswer(json) ?? fail(status);
    },
  };
}

/** Default values are left out: most requests bring nothing. */
async function send(
  { fetch, server, token, signal }: PeerDeps,
  { user, limit, changes, profile, ...request }: PeerRequest,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const entries = profile?.changes ?? {};
  const hasEntries = Object.keys(entries).length > 0;
  const body = {
    protocol: PROTOCOL,
    ...request,
    ...((changes.length > 0 || hasEntries) && { user }),
    ...(changes.length > 0 && { changes }),
    ...(hasEntries && { profile: entries }),
    ...(profile && { profile_tag: profile.tag }),
    ...(limit !== undefined && { limit }),
  };
  try {
    const response = await fetch(`${server}/api/sync`, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "todo-protocol": String(PROTOCOL),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]),
    });
    return { status: response.status, json: await response.json() };
  } catch (cause) {
    throw new TodoError("unavailable", "the server can't be reached", { cause });
  }
}

function readProblem(json: unknown, status: number): TodoError {
  if (!isObject(json) || typeof json["code"] !== "string") return fail(status);
  const { detail, title, server_time: time } = json;
  const text = [detail, title].find((each) => typeof each === "string") ?? `the server answers with ${status}`;
  const code = ERROR_CODES.find((known): known is ErrorCode => known === json["code"] && known !== "internal");
  return new TodoError(code ?? "unavailable", text, typeof time === "string" ? { serverTime: Date.parse(time) } : {});
}

function fail(status: number): never {
  throw new TodoError("unavailable", `the server does not answer like one of todo (status ${status})`);
}

function readAnswer(json: unknown): PeerAnswer | undefined {
  if (!isObject(json)) return undefined;
  const { user, cursor, more, changes, rejected, profile } = json;
  if (typeof user !== "string" || typeof cursor !== "string" || typeof more !== "boolean") return undefined;
  if (!Array.isArray(changes) || !changes.every(isChange) || !changes.every(isStorable)) return undefined;
  if (!Array.isArray(rejected) || !rejected.every(isRejected)) return undefined;
  if (profile !== undefined && !isRegisters(profile)) return undefined;
  return { user, cursor, more, changes, rejected, profile };
}

function isChange(value: unknown): value is RemoteTask {
  return isObject(value) && typeof value["id"] === "string" && isRegisters(value["registers"]);
}

function isRejected(value: unknown): value is RejectedChange {
  return isObject(value) && ["id", "code", "field", "message"].every((name) => typeof value[name] === "string");
}

function isRegisters(value: unknown): value is Registers {
  return isObject(value) && Object.values(value).every((register) => typeof register === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
