import { tickOf } from "../../domain/task/clock.ts";
import { handleOf } from "../../domain/task/handle.ts";
import type { RemoteTask } from "../../ports/store.ts";

/** Arrivals as the statements take them. */
export function encodeRemoteTasks(arrivals: readonly RemoteTask[]): string {
  return JSON.stringify(arrivals.map(({ id, registers }) => ({ id, handle: handleOf(id), registers })));
}

/** The latest tick in what arrives. */
export function latestTick(arrivals: readonly RemoteTask[]): bigint {
  let latest = "0";
  for (const { registers } of arrivals)
    for (const register of Object.values(registers)) if (register > latest) latest = register;
  return tickOf(latest);
}
