import { CYCLE_DAYS, CYCLE_YEARS, fromDays, toDays, weekdayOf, modulo } from "./civil.ts";
import type { Frequency, Rule } from "./rule.ts";

// A rule picks its occurrences from periods: days, weeks, months or years. Period 0 is the one in which the series
// starts, and INTERVAL periods lie between one and the next.

/** After so many periods the calendar is the same again, weekdays included. */
const CYCLE: Readonly<Record<Frequency, number>> = {
  DAILY: CYCLE_DAYS,
  WEEKLY: CYCLE_DAYS / 7,
  MONTHLY: CYCLE_YEARS * 12,
  YEARLY: CYCLE_YEARS,
};

/** How many periods of a rule see every day that any of its periods can see. If they are empty, so are all others. */
export function periodsOfCycle({ freq, interval }: Rule): number {
  return CYCLE[freq] / greatestDivisor(CYCLE[freq], interval);
}

/** The first day of a period. */
export function firstDayOfPeriod(rule: Rule, start: number, index: number): number {
  const steps = index * rule.interval;
  const { year, month } = fromDays(start);
  switch (rule.freq) {
    case "DAILY":
      return start + steps;
    case "WEEKLY":
      return weekOf(start, rule) + steps * 7;
    case "MONTHLY":
      return firstOfMonth(year * 12 + month - 1 + steps);
    case "YEARLY":
      return toDays(year + steps, 1, 1);
  }
}

/** The last period that begins on or before a day. */
export function periodOf(rule: Rule, start: number, day: number): number {
  return Math.floor(countPassed(rule, start, day) / rule.interval);
}

function countPassed(rule: Rule, start: number, day: number): number {
  const from = fromDays(start);
  const to = fromDays(day);
  switch (rule.freq) {
    case "DAILY":
      return day - start;
    case "WEEKLY":
      return (weekOf(day, rule) - weekOf(start, rule)) / 7;
    case "MONTHLY":
      return (to.year - from.year) * 12 + to.month - from.month;
    case "YEARLY":
      return to.year - from.year;
  }
}

/** The day on which the week of a day begins. */
function weekOf(day: number, { wkst }: Rule): number {
  return day - modulo(weekdayOf(day) - wkst, 7);
}

/** Months are counted from the year 0. */
function firstOfMonth(months: number): number {
  return toDays(Math.floor(months / 12), modulo(months, 12) + 1, 1);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
