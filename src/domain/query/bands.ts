import { sortKeyOfDue } from "../dates/due-date.ts";
import { isBefore } from "../dates/due-groups.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { boundOfNow, toBound } from "../dates/bounds.ts";
import { compareBytes } from "../task/registers.ts";
import type { Task } from "../task/task.ts";
import { type Bound, type Condition, PRIORITY_LEVELS } from "./query.ts";

/**
 * What to do next comes in bands, in this order: worked on now; overdue; due today or planned by today; due soon or of high
 * priority; all else. A task is in the first that fits.
 */
export const BANDS = ["active", "overdue", "today", "soon", "rest"] as const;
export type Band = (typeof BANDS)[number];

/** A task is due soon up to so many days after today. */
export const SOON_DAYS = 7;

/** Before which dates a task is overdue, due by today, and due soon. */
export type BandBounds = { readonly now: Bound; readonly tomorrow: Bound; readonly later: Bound };

/** The bounds as they are now. A day is over when the next one begins, a moment when it has passed. */
export function findBandBounds(system: LocalTime): BandBounds {
  const today = system.today();
  const soon = Temporal.PlainDate.from(today).add({ days: SOON_DAYS }).toString();
  return { now: boundOfNow(system), tomorrow: toBound(today, "end", system), later: toBound(soon, "end", system) };
}

/** Why a task is in its band, and the band. */
export const BAND_OF_REASON = {
  started: "active",
  overdue: "overdue",
  due_today: "today",
  planned: "today",
  due_soon: "soon",
  high_priority: "soon",
  none: "rest",
} as const satisfies Record<string, Band>;
export type Reason = keyof typeof BAND_OF_REASON;

/** The first reason to do a task now, if it can be done now. */
export function findReason(task: Task, { now, tomorrow, later }: BandBounds): Reason {
  const { startedAt, dueDate, scheduledDate, priority } = task;
  const isDueBefore = (bound: Bound) => dueDate !== null && isBefore(dueDate, bound);
  if (startedAt !== null) return "started";
  if (isDueBefore(now)) return "overdue";
  if (isDueBefore(tomorrow)) return "due_today";
  if (scheduledDate !== null && isBefore(scheduledDate, tomorrow)) return "planned";
  if (isDueBefore(later)) return "due_soon";
  return priority === "high" ? "high_priority" : "none";
}

/** What is due or planned before a bound. */
export function findDueOrPlanned(before: Bound): Condition {
  return {
    kind: "or",
    conditions: [
      { kind: "dated", date: "dueDate", before },
      { kind: "dated", date: "scheduledDate", before },
    ],
  };
}

/** The conditions that all tasks of a band meet, and no others. */
export function conditionsOfBand(band: Band, bounds: BandBounds): Condition[] {
  const at = BANDS.indexOf(band);
  const earlier = BANDS.slice(0, at).map((each): Condition => ({ kind: "not", condition: ruleOf(each, bounds) }));
  return band === "rest" ? earlier : [ruleOf(band, bounds), ...earlier];
}

/** The order within a band: by priority, then by due date, then in the order that people chose, then by age. */
export function compareWithinBand(one: Task, other: Task): number {
  return compareBytes(keyOfOrder(one), keyOfOrder(other)) || compareBytes(one.id, other.id);
}

/** What a band asks for, beside not being in one before it. */
function ruleOf(band: Band, { now, tomorrow, later }: BandBounds): Condition {
  const isDueBefore = (before: Bound): Condition => ({ kind: "dated", date: "dueDate", before });
  switch (band) {
    case "active":
      return { kind: "has", part: "startedAt" };
    case "overdue":
      return isDueBefore(now);
    case "today":
      return findDueOrPlanned(tomorrow);
    case "soon":
      return { kind: "or", conditions: [isDueBefore(later), { kind: "priority", priority: "high" }] };
    case "rest":
      return { kind: "and", conditions: [] };
  }
}

/** The key of that order, without the age. It is one text, so that a database can compare it and continue behind it. */
export function keyOfOrder({ priority, dueDate, rank }: Task): string {
  return `${PRIORITY_LEVELS[priority ?? "none"]} ${sortKeyOfDue(dueDate)} ${rank ?? "~"}`;
}
