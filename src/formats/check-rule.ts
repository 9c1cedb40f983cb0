import { tryRead } from "../domain/errors.ts";
import { planRecurrence } from "../domain/recurrence/plan.ts";
import type { ForeignRecurrence } from "./found.ts";

/** Without a due date a series would begin today, and which day that is says nothing of a file. */
const AT_EPOCH = { now: () => 0, today: () => "1970-01-01", timeZone: () => "UTC" };

/** Whether tasks here can repeat by a rule of another program. */
export function checkRule({ rule, start, time_zone: zone }: ForeignRecurrence, dueDate: string | undefined): boolean {
  return tryRead(() => planRecurrence({ rule, start, zone }, { dueDate: dueDate ?? null }, AT_EPOCH)) !== undefined;
}
