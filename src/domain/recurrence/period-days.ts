import { daysOfMonth, daysOfYear, fromDays, modulo, toDays, weekdayOf } from "./civil.ts";
import { sortUnique, type RuleWeekday } from "./rule-values.ts";
import type { Rule, Skip } from "./rule.ts";

/** Days in a row: a month or a year. */
type Span = { readonly first: number; readonly length: number };

/** The days that a rule picks from the period that begins on a day, in their order. */
export function daysOfPeriod(rule: Rule, start: number, first: number): readonly number[] {
  const { year, month } = fromDays(first);
  switch (rule.freq) {
    case "DAILY":
      return isDayAllowed(rule, first) ? [first] : [];
    case "WEEKLY":
      return pickFromWeek(rule, start, first);
    case "MONTHLY":
      return isMonthAllowed(rule, month) ? sortUnique(pickFromMonth(rule, start, year, month)) : [];
    case "YEARLY":
      return sortUnique(pickFromYear(rule, start, year));
  }
}

function pickFromWeek(rule: Rule, start: number, first: number): number[] {
  const weekdays = rule.byDay.length > 0 ? rule.byDay : [{ ordinal: 0, weekday: weekdayOf(start) }];
  const days = pickWeekdays(weekdays, { first, length: 7 });
  return rule.byMonth.length > 0 ? days.filter((day) => isMonthAllowed(rule, fromDays(day).month)) : days;
}

function pickFromMonth(rule: Rule, start: number, year: number, month: number): number[] {
  const span = spanOfMonth(year, month);
  if (rule.byMonthDay.length > 0) {
    const days = rule.byMonthDay.flatMap((ordinal) => placeDay(ordinal, span, rule.skip));
    return days.filter((day) => isWeekdayAllowed(rule, day, span));
  }
  return rule.byDay.length > 0 ? pickWeekdays(rule.byDay, span) : placeDay(fromDays(start).day, span, rule.skip);
}

function pickFromYear(rule: Rule, start: number, year: number): number[] {
  const span = { first: toDays(year, 1, 1), length: daysOfYear(year) };
  if (rule.byYearDay.length > 0) {
    const days = rule.byYearDay.flatMap((ordinal) => placeDay(ordinal, span, rule.skip));
    return days.filter((day) => isDayAllowed(rule, day, span));
  }
  if (rule.byMonth.length === 0 && rule.byDay.length > 0) return pickWeekdays(rule.byDay, span);
  const months = rule.byMonth.length > 0 ? rule.byMonth : [fromDays(start).month];
  return months.flatMap((month) => pickFromMonth(rule, start, year, month));
}

/** The nth day of a span, counted from its end if n is negative. If the span has none, it is what SKIP makes of it. */
function placeDay(ordinal: number, { first, length }: Span, skip: Skip): number[] {
  const index = ordinal > 0 ? ordinal - 1 : length + ordinal;
  if (index >= 0 && index < length) return [first + index];
  if (skip === "OMIT") return [];
  const after = index < 0 ? first : first + length;
  return [skip === "FORWARD" ? after : after - 1];
}

/** The days of a span that are one of these weekdays. All have an ordinal, or none. */
function pickWeekdays(weekdays: readonly RuleWeekday[], { first, length }: Span): number[] {
  if (weekdays.some(({ ordinal }) => ordinal !== 0))
    return weekdays.flatMap((each) => pickNth(each, { first, length }));
  const days = Array.from({ length }, (_, index) => first + index);
  return days.filter((day) => weekdays.some(({ weekday }) => weekday === weekdayOf(day)));
}

function pickNth({ ordinal, weekday }: RuleWeekday, { first, length }: Span): number[] {
  const offset = modulo(weekday - weekdayOf(first), 7);
  const total = Math.ceil((length - offset) / 7);
  const index = ordinal > 0 ? ordinal - 1 : total + ordinal;
  return index >= 0 && index < total ? [first + offset + 7 * index] : [];
}

function isMonthAllowed({ byMonth }: Rule, month: number): boolean {
  return byMonth.length === 0 || byMonth.includes(month);
}

/** Whether BYMONTH, BYMONTHDAY and BYDAY let a day pass, however it was found. */
function isDayAllowed(rule: Rule, day: number, span?: Span): boolean {
  if (!isWeekdayAllowed(rule, day, span)) return false;
  if (rule.byMonth.length === 0 && rule.byMonthDay.length === 0) return true;
  const date = fromDays(day);
  return isMonthAllowed(rule, date.month) && isMonthDayAllowed(rule, day, spanOfMonth(date.year, date.month));
}

function isMonthDayAllowed({ byMonthDay }: Rule, day: number, { first, length }: Span): boolean {
  const fromBegin = day - first + 1;
  return byMonthDay.length === 0 || byMonthDay.includes(fromBegin) || byMonthDay.includes(fromBegin - length - 1);
}

/** An ordinal counts within the span, so a day that SKIP moved out of it has none. */
function isWeekdayAllowed({ byDay }: Rule, day: number, span?: Span): boolean {
  return (
    byDay.length === 0 ||
    byDay.some((each) => (each.ordinal === 0 ? each.weekday === weekdayOf(day) : isNth(each, day, span)))
  );
}

function isNth(weekday: RuleWeekday, day: number, span: Span | undefined): boolean {
  return span !== undefined && pickNth(weekday, span).includes(day);
}

function spanOfMonth(year: number, month: number): Span {
  return { first: toDays(year, month, 1), length: daysOfMonth(year, month) };
}
