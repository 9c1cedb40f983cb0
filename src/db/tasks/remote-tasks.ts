import { tickOf } from "../../domain/task/clock.ts";
import { handleOf } from "../../domain/task/handle.ts";
import { mergeRegisters, type Registers } from "../../domain/task/registers.ts";
import type { RemoteTask } from "../../ports/store.ts";

/** PostgreSQL refuses a statement that meets one row twice, so what arrives of one task becomes one. */
export function foldRemoteTasks(arrivals: readonly RemoteTask[]): RemoteTask[] {
  const folded = new Map<string, Registers>();
  for (const { id, registers } of arrivals) {
    const earlier = folded.get(id);
    folded.set(id, earlier ? mergeRegisters(earlier, registers) : registers);
  }
  return [...folded].map(([id, registers]) => ({ id, registers }));
}

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
