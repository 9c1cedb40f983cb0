export const DAY_MS = 86_400_000;

/** How long deleted tasks and security events are kept. So long a replica may be away and still learn of each single deletion. */
export const RETENTION_DAYS = 180;
export const RETENTION_MS = RETENTION_DAYS * DAY_MS;

/** Whether two times are nearer, in both directions: a time in the future was written by a wrong clock. */
export function isNear(one: number, other: number, distanceMs: number): boolean {
  return Math.abs(one - other) < distanceMs;
}
