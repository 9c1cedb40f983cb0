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
