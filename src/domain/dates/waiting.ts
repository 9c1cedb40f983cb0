import type { Condition } from "../query/query.ts";
import type { LocalTime } from "./local-time.ts";

const SECOND_MS = 1000;

/** What is hidden from lists now: a day begins where the user is, a moment is over when its second has come. */
export function findWaiting(system: Pick<LocalTime, "now" | "today">): Condition {
  const second = Math.floor(system.now() / SECOND_MS) * SECOND_MS;
  return { kind: "waiting", now: { day: system.today(), moment: `${new Date(second).toISOString().slice(0, 19)}Z` } };
}

/** What lists show unless they are asked for what waits. */
export function hideWaiting(system: Pick<LocalTime, "now" | "today">): Condition {
  return { kind: "not", condition: findWaiting(system) };
}
