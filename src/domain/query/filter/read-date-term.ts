import type { LocalTime } from "../../dates/local-time.ts";
import { boundsOf, isPeriod, parsePeriod } from "../../dates/period.ts";
import { toBound } from "../../dates/bounds.ts";
import { isDate, parseWhen } from "../../dates/when.ts";
import type { Bound, Condition, DateField } from "../query.ts";
import type { Term } from "./expression.ts";

/** The fields of the keys that ask for a date. */
export const DATE_FIELDS = {
  due: "dueDate",
  scheduled: "scheduledDate",
  wait: "waitUntil",
  created: "createdAt",
  updated: "updatedAt",
  completed: "completedAt",
} as const satisfies Record<string, DateField>;

/** Dates that people set to come. The others are of what has happened. */
const AHEAD: ReadonlySet<DateField> = new Set(["dueDate", "scheduledDate", "waitUntil"]);

/** A date in a range. A day is all of it, a moment its second. Throws `invalid_input` for what is no date and no period. */
export function readDateTerm(date: DateField, { operator, value }: Term, system: LocalTime): Condition {
  const { from, before } = readRange(date, value, system);
  if (operator === "before") return { kind: "dated", date, before: from };
  if (operator === "by") return { kind: "dated", date, before };
  if (operator === "after") return { kind: "dated", date, from: before };
  if (operator === "from") return { kind: "dated", date, from };
  return { kind: "dated", date, from, before };
}

/** What can be a date is one: `2026-W50` is a Monday. `december` is the next one of what is due, and the last of what was done. */
function readRange(
  date: DateField,
  value: string,
  system: LocalTime,
): { readonly from: Bound; readonly before: Bound } {
  const side = AHEAD.has(date) ? "ahead" : "behind";
  if (!isDate(value, system) && isPeriod(value, system, side)) {
    return boundsOf(parsePeriod(value, system, side), system);
  }
  const when = parseWhen(value, system);
  return { from: toBound(when, "start", system), before: toBound(when, "end", system) };
}
