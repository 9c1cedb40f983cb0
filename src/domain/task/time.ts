import type { Task } from "./task.ts";

const SECONDS_A_MINUTE = 60;

/** The whole minutes that all devices tracked. */
export function countTrackedMinutes({ time }: Pick<Task, "time">): number {
  const seconds = Object.values(time).reduce((sum, each) => sum + each, 0);
  return Math.floor(seconds / SECONDS_A_MINUTE);
}

/** The moment in a UUID of version 7 (RFC 9562, section 5.7), as a moment of the wire. */
export function timeOfId(id: string): string {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toISOString();
}
