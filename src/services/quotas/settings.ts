import type { Quotas } from "../../domain/quotas.ts";
import { readCount } from "../read-count.ts";

/** Nobody who uses it for tasks comes near them. */
export const DEFAULT_QUOTAS: Quotas = { tasks: 200_000, bytes: 1024 ** 3, devices: 100, tokens: 100 };
/** A petabyte is more than any database here holds. */
const MAX_BYTE_DIGITS = 15;

/** The most that one user may have on a server, 0 for no limit. Throws `usage` for values that it doesn't understand. */
export function readQuotas(env: Readonly<Record<string, string | undefined>>): Quotas {
  return {
    tasks: readCount("TODO_TASK_QUOTA", env["TODO_TASK_QUOTA"], DEFAULT_QUOTAS.tasks),
    bytes: readCount("TODO_BYTE_QUOTA", env["TODO_BYTE_QUOTA"], DEFAULT_QUOTAS.bytes, MAX_BYTE_DIGITS),
    devices: readCount("TODO_DEVICE_QUOTA", env["TODO_DEVICE_QUOTA"], DEFAULT_QUOTAS.devices),
    tokens: readCount("TODO_TOKEN_QUOTA", env["TODO_TOKEN_QUOTA"], DEFAULT_QUOTAS.tokens),
  };
}
