import type { LocalTime } from "../dates/local-time.ts";
import { hideWaiting } from "../dates/waiting.ts";
import type { Condition, Status } from "./query.ts";

/** What a filter finds that says nothing of the status: tasks with this one, and of open tasks those that do not wait. */
export function limitStatus(status: Status, system: LocalTime): Condition[] {
  if (status === "all") return [];
  const limit: Condition = { kind: "status", status };
  return status === "pending" ? [limit, hideWaiting(system)] : [limit];
}
