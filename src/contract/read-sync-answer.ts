import { isObject } from "../domain/is-object.ts";
import type { Registers } from "../domain/task/registers.ts";
import type { RejectedChange } from "../ports/replica.ts";
import type { RemoteTask } from "../ports/store.ts";
import { isStorable } from "./check-change.ts";

/** What a replica needs of a server's answer. A newer server may have reasons to reject that this program does not know. */
export type ReceivedAnswer = {
  readonly user: string;
  readonly cursor: string;
  readonly more: boolean;
  readonly rejected: readonly RejectedChange[];
  readonly changes: readonly RemoteTask[];
  readonly profile?: Registers;
};

/**
 * Reads the JSON of an answer to a sync, without a library of schemas, which the page has no room for. undefined for a shape that this
 * program does not know, and for changes that can't be stored. Members that only a newer server sends are left out.
 */
export function readSyncAnswer(json: unknown): ReceivedAnswer | undefined {
  if (!isObject(json)) return undefined;
  const { user, cursor, more, rejected, changes, profile } = json;
  if (typeof user !== "string" || typeof cursor !== "string" || typeof more !== "boolean") return undefined;
  if (!Array.isArray(rejected) || !rejected.every(isRejected)) return undefined;
  if (!Array.isArray(changes) || !changes.every(isRemoteTask) || !changes.every(isStorable)) return undefined;
  if (profile !== undefined && !isRegisters(profile)) return undefined;
  return {
    user,
    cursor,
    more,
    rejected: rejected.map(({ id, code, field, message }) => ({ id, code, field, message })),
    changes: changes.map(({ id, registers }) => ({ id, registers })),
    ...(profile !== undefined && { profile }),
  };
}

function isRejected(value: unknown): value is RejectedChange {
  return isObject(value) && ["id", "code", "field", "message"].every((name) => typeof value[name] === "string");
}

function isRemoteTask(value: unknown): value is RemoteTask {
  return isObject(value) && typeof value["id"] === "string" && isRegisters(value["registers"]);
}

/** True for an object of texts. */
export function isRegisters(value: unknown): value is Registers {
  return isObject(value) && Object.values(value).every((register) => typeof register === "string");
}
