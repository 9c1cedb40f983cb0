import { type Bound, type Condition, UNDATED } from "../query/query.ts";
import { boundOfNow, chooseBound, toBound } from "./bounds.ts";
import { isDay } from "./due-date.ts";
import type { LocalTime } from "./local-time.ts";

/** What open tasks are grouped by, in this order. A week ends on Sunday. */
export const DUE_GROUPS = ["overdue", "today", "this_week", "later", "no_date"] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

/** From a due date on (included), and before another one. */
type DueRange = { readonly from?: Bound; readonly before?: Bound };

/** The range of due dates of each group at a moment. None overlap, and together they are all due dates. */
export type DueRanges = ReturnType<typeof findDueRanges>;

/** The groups as they are now: a moment is over when it has passed, a day when the next one begins. */
export function findDueRanges(system: LocalTime) {
  const today = Temporal.PlainDate.from(system.today());
  const now = boundOfNow(system);
  const tomorrow = toBound(today.toString(), "end", system);
  const nextWeek = toBound(today.add({ days: 7 - today.dayOfWeek }).toString(), "end", system);
  return {
    overdue: { before: now },
    today: { from: now, before: tomorrow },
    this_week: { from: tomorrow, before: nextWeek },
    later: { from: nextWeek },
  } satisfies Record<Exclude<DueGroup, "no_date">, DueRange>;
}

/** The group of a due date. Dates that can't be read have one, too. */
export function groupOfDue(due: string | null, ranges: DueRanges): DueGroup {
  if (due === null) return "no_date";
  return DUE_GROUPS.find((group) => group !== "no_date" && isWithin(due, ranges[group])) ?? "later";
}

/**
 * Whether a due date is past, today or later, as its group says. It is asked for each row of a list, and for a day it
 * needs no time zone, which takes longer to load than the rest of a command.
 */
export function findDueState(due: string, system: LocalTime): "overdue" | "today" | "later" {
  const today = system.today();
  if (isDay(due)) return due < today ? "overdue" : due === today ? "today" : "later";
  if (isBefore(due, boundOfNow(system))) return "overdue";
  return isBefore(due, toBound(today, "end", system)) ? "today" : "later";
}

/** The condition that all tasks of a group meet, and no others. */
export function conditionOfGroup(group: DueGroup, ranges: DueRanges): Condition {
  return group === "no_date" ? UNDATED : { kind: "dated", date: "dueDate", ...ranges[group] };
}

/** The user's day of a due date. For a date that can't be read, its first ten characters. */
export function localDayOf(due: string, timeZone: string): string {
  if (isDay(due)) return due;
  const ms = Date.parse(due);
  if (Number.isNaN(ms)) return due.slice(0, 10);
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The user's time of a moment, `17:00`. null for a day, and for a date that can't be read. */
export function localTimeOfDay(date: string, timeZone: string): string | null {
  const ms = isDay(date) ? Number.NaN : Date.parse(date);
  if (Number.isNaN(ms)) return null;
  const time = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainTime();
  return time.toString({ smallestUnit: "minute" });
}

function isWithin(due: string, { from, before }: DueRange): boolean {
  return (from === undefined || !isBefore(due, from)) && (before === undefined || isBefore(due, before));
}

/** Whether a date lies before a bound: a day before its day, a moment before its moment. */
export function isBefore(due: string, bound: Bound): boolean {
  return due < chooseBound(due, bound);
}
