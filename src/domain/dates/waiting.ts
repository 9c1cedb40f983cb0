import type { Bound, Condition } from "../query/query.ts";
import { chooseBound } from "./bounds.ts";
import type { LocalTime } from "./local-time.ts";

const SECOND_MS = 1000;

type Clock = Pick<LocalTime, "now" | "today">;

/** Whether what is hidden until a day or moment is hidden now. A day begins where the user is, a moment with its second. */
export function isHidden(waitUntil: string, system: Clock): boolean {
  return isHiddenAt(waitUntil, readNow(system));
}

/** The same at a time of the condition `waiting`. */
export function isHiddenAt(waitUntil: string, now: Bound): boolean {
  return waitUntil > chooseBound(waitUntil, now);
}

/** What is hidden from lists now. */
export function findWaiting(system: Clock): Condition {
  return { kind: "waiting", now: readNow(system) };
}

/** What lists show unless they are asked for what waits. */
export function hideWaiting(system: Clock): Condition {
  return { kind: "not", condition: findWaiting(system) };
}

/** The same conditions, without that one. */
export function withoutHiding(where: readonly Condition[]): Condition[] {
  return where.filter((condition) => condition.kind !== "not" || condition.condition.kind !== "waiting");
}

function readNow(system: Clock): Bound {
  const second = Math.floor(system.now() / SECOND_MS) * SECOND_MS;
  return { day: system.today(), moment: `${new Date(second).toISOString().slice(0, 19)}Z` };
}
