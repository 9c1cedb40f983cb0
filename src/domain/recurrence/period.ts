import { CYCLE_DAYS, CYCLE_YEARS, fromDays, modulo, toDays, weekdayOf } from "./civil.ts";
import type { Rule } from "./rule.ts";

// Period 0 of a rule is the day, week, month or year in which its series starts. INTERVAL is the distance from one to
// the next.

/** What periods a rule has. */
export type Pace = Pick<Rule, "freq" | "interval" | "wkst">;

const CYCLE_MONTHS = CYCLE_YEARS * 12;
const CYCLE_WEEKS = CYCLE_DAYS / 7;

/** If so many periods of the walk are empty in a row, all others are too: the calendar is the same again and was seen whole. */
export function periodsOfCycle({ freq, interval, byMonth }: Rule): number {
  switch (freq) {
    case "DAILY":
      return CYCLE_MONTHS * (interval / greatestDivisor(interval, CYCLE_DAYS));
    case "WEEKLY":
      return byMonth.length > 0 ? CYCLE_WEEKS / greatestDivisor(interval, CYCLE_WEEKS) : 1;
    case "MONTHLY":
      return CYCLE_MONTHS / greatestDivisor(interval, CYCLE_MONTHS);
    case "YEARLY":
      return CYCLE_YEARS / greatestDivisor(interval, CYCLE_YEARS);
  }
}

/**
 * The periods by which a rule is expanded. A daily rule is by months, every one: most months of a rule such as
 * FREQ=DAILY;BYMONTH=2 are empty, and are left at once.
 */
export function paceOfWalk({ freq, interval, wkst }: Rule): Pace {
  return freq === "DAILY" ? { freq: "MONTHLY", interval: 1, wkst } : { freq, interval, wkst };
}

/** The first day of a period. */
export function firstDayOfPeriod(pace: Pace, start: number, index: number): number {
  const steps = index * pace.interval;
  const { year, month } = fromDays(start);
  switch (pace.freq) {
    case "DAILY":
      return start + steps;
    case "WEEKLY":
      return firstDayOfWeek(pace, start) + steps * 7;
    case "MONTHLY":
      return firstDayOfMonth(year * 12 + month - 1 + steps);
    case "YEARLY":
      return toDays(year + steps, 1, 1);
  }
}

/** The last period that begins on or before a day. */
export function periodOf(pace: Pace, start: number, day: number): number {
  return Math.floor(countSteps(pace, start, day) / pace.interval);
}

/** The days, weeks, months or years from the one of the start to the one of a day. */
function countSteps(pace: Pace, start: number, day: number): number {
  const from = fromDays(start);
  const to = fromDays(day);
  switch (pace.freq) {
    case "DAILY":
      return day - start;
    case "WEEKLY":
      return Math.floor((day - firstDayOfWeek(pace, start)) / 7);
    case "MONTHLY":
      return (to.year - from.year) * 12 + to.month - from.month;
    case "YEARLY":
      return to.year - from.year;
  }
}

function firstDayOfWeek({ wkst }: Pace, day: number): number {
  return day - modulo(weekdayOf(day) - wkst, 7);
}

/** Months are counted from January of the year 0. */
function firstDayOfMonth(months: number): number {
  return toDays(Math.floor(months / 12), modulo(months, 12) + 1, 1);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
