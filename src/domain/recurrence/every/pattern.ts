import { daysOfMonth } from "../civil.ts";
import type { Rule } from "../rule.ts";
import type { RuleWeekday } from "../rule-values.ts";

/** So many days, weeks, months or years. */
export type Cycle = Pick<Rule, "freq" | "interval">;

/** Those days of a cycle on which something repeats. Without any it is the day of the first occurrence. */
export type CycleDays = Pick<Rule, "byMonth" | "byMonthDay" | "byDay" | "bySetPos">;

export type Pattern = Cycle & CycleDays;

export const NO_DAYS: CycleDays = { byMonth: [], byMonthDay: [], byDay: [], bySetPos: [] };

/** Monday to Friday. Monday is 0. */
export const WORKDAYS: readonly number[] = [0, 1, 2, 3, 4];

/** A year in which every day exists, and one that has the shortest months. */
const LEAP_YEAR = 2000;
const COMMON_YEAR = 2001;
const ALL_MONTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The days that a month has, in February those of a leap year. */
export function maxDaysOf(month: number): number {
  return daysOfMonth(LEAP_YEAR, month);
}

/** True if one of the months lacks one of the days in some years. No months are all of them. */
export function isSometimesMissing(months: readonly number[], days: readonly number[]): boolean {
  const lengths = (months.length > 0 ? months : ALL_MONTHS).map((month) => daysOfMonth(COMMON_YEAR, month));
  return Math.max(...days.map(Math.abs)) > Math.min(...lengths);
}

/** Each of these weekdays, in the order of the week. */
export function eachWeekday(weekdays: readonly number[]): RuleWeekday[] {
  return [...new Set(weekdays)].toSorted((one, other) => one - other).map((weekday) => ({ ordinal: 0, weekday }));
}

/** Those that are counted from the beginning, then those that are counted from the end. */
export function sortOrdinals(ordinals: readonly number[]): number[] {
  const fromStart = ordinals.filter((ordinal) => ordinal > 0);
  const fromEnd = ordinals.filter((ordinal) => ordinal < 0);
  return [fromStart, fromEnd].flatMap((some) => [...new Set(some)].toSorted((one, other) => one - other));
}
