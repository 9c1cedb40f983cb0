import { mergeRegisters, type Registers } from "../domain/task/registers.ts";
import type { RemoteTask } from "./store.ts";

/**
 * What arrives of one task becomes one change. PostgreSQL refuses a statement that meets one row twice, and a quota must not count
 * a task twice.
 */
export function joinRemoteTasks(arrivals: readonly RemoteTask[]): RemoteTask[] {
  const joined = new Map<string, Registers>();
  for (const { id, registers } of arrivals) {
    const earlier = joined.get(id);
    joined.set(id, earlier ? mergeRegisters(earlier, registers) : registers);
  }
  return [...joined].map(([id, registers]) => ({ id, registers }));
}
