import { daysOfMonth, daysOfYear, fromDays, modulo, toDays, weekdayOf } from "./civil.ts";
import { hasOrdinals, type RuleWeekday, sortUnique } from "./rule-values.ts";
import type { Rule, Skip } from "./rule.ts";

/** Days in a row: a week, a month or a year. */
type Span = { readonly first: number; readonly length: number };

/** The days that a rule picks from the period that begins on a day, in their order. A daily rule picks from a month. */
export function daysOfPeriod(rule: Rule, start: number, first: number): readonly number[] {
  const { year, month } = fromDays(first);
  switch (rule.freq) {
    case "DAILY":
      return isMonthAllowed(rule, month) ? pickSteps(rule, start, spanOfMonth(year, month)) : [];
    case "WEEKLY":
      return pickFromWeek(rule, start, { first, length: 7 });
    case "MONTHLY":
      return isMonthAllowed(rule, month) ? sortUnique(pickFromMonth(rule, start, year, month)) : [];
    case "YEARLY":
      return sortUnique(pickFromYear(rule, start, year));
  }
}

/** Every INTERVALth day of a month, counted from the start of the series, that BYMONTHDAY and BYDAY allow. */
function pickSteps(rule: Rule, start: number, span: Span): number[] {
  const offset = modulo(start - span.first, rule.interval);
  const length = Math.max(0, Math.ceil((span.length - offset) / rule.interval));
  const days = Array.from({ length }, (_, step) => span.first + offset + step * rule.interval);
  if (rule.byMonthDay.length === 0) return keepWeekdays(rule.byDay, span, days);
  const allowed = new Set(placeDays(rule.byMonthDay, span, "OMIT"));
  const kept = days.filter((day) => allowed.has(day));
  return keepWeekdays(rule.byDay, span, kept);
}

function pickFromWeek(rule: Rule, start: number, span: Span): number[] {
  const weekdays = rule.byDay.length > 0 ? rule.byDay : [{ ordinal: 0, weekday: weekdayOf(start) }];
  return keepMonths(rule, pickWeekdays(weekdays, span));
}

function pickFromMonth(rule: Rule, start: number, year: number, month: number): number[] {
  const span = spanOfMonth(year, month);
  if (rule.byMonthDay.length > 0) return keepWeekdays(rule.byDay, span, placeDays(rule.byMonthDay, span, rule.skip));
  if (rule.byDay.length > 0) return pickWeekdays(rule.byDay, span);
  return placeDays([fromDays(start).day], span, rule.skip);
}

function pickFromYear(rule: Rule, start: number, year: number): number[] {
  const span = { first: toDays(year, 1, 1), length: daysOfYear(year) };
  if (rule.byYearDay.length > 0) {
    const days = keepWeekdays(rule.byDay, span, placeDays(rule.byYearDay, span, rule.skip));
    return keepMonthDays(rule, keepMonths(rule, days));
  }
  if (rule.byMonth.length === 0 && rule.byDay.length > 0) return pickWeekdays(rule.byDay, span);
  const months = rule.byMonth.length > 0 ? rule.byMonth : [fromDays(start).month];
  return months.flatMap((month) => pickFromMonth(rule, start, year, month));
}

/** The nth days of a span, counted from its end if n is negative. SKIP says what becomes of those that it lacks. */
function placeDays(ordinals: readonly number[], { first, length }: Span, skip: Skip): number[] {
  const indexes = ordinals.map((ordinal) => (ordinal > 0 ? ordinal - 1 : length + ordinal));
  if (skip === "OMIT") return indexes.filter((index) => index >= 0 && index < length).map((index) => first + index);
  // The next day that exists is the first of the span, or the one after its last.
  const before = skip === "FORWARD" ? 0 : -1;
  const after = length + before;
  return indexes.map((index) => first + (index < 0 ? before : index < length ? index : after));
}

/** The days of a span that are one of the weekdays. */
function pickWeekdays(weekdays: readonly RuleWeekday[], span: Span): number[] {
  if (hasOrdinals(weekdays)) return weekdays.flatMap((weekday) => findNth(weekday, span));
  return keepWeekdays(weekdays, span, daysOfSpan(span));
}

/** Those of the days that are one of the weekdays. An ordinal counts within the span, so a day outside it has none. */
function keepWeekdays(weekdays: readonly RuleWeekday[], span: Span, days: number[]): number[] {
  if (weekdays.length === 0) return days;
  if (hasOrdinals(weekdays)) {
    const allowed = new Set(weekdays.flatMap((weekday) => findNth(weekday, span)));
    return days.filter((day) => allowed.has(day));
  }
  const allowed = new Set(weekdays.map(({ weekday }) => weekday));
  return days.filter((day) => allowed.has(weekdayOf(day)));
}

function findNth({ ordinal, weekday }: RuleWeekday, { first, length }: Span): number[] {
  const offset = modulo(weekday - weekdayOf(first), 7);
  const total = Math.ceil((length - offset) / 7);
  const index = ordinal > 0 ? ordinal - 1 : total + ordinal;
  return index >= 0 && index < total ? [first + offset + 7 * index] : [];
}

function keepMonths(rule: Rule, days: number[]): number[] {
  return rule.byMonth.length > 0 ? days.filter((day) => isMonthAllowed(rule, fromDays(day).month)) : days;
}

function keepMonthDays({ byMonthDay }: Rule, days: number[]): number[] {
  if (byMonthDay.length === 0) return days;
  const allowed = new Set(byMonthDay);
  return days.filter((each) => {
    const { year, month, day } = fromDays(each);
    return allowed.has(day) || allowed.has(day - daysOfMonth(year, month) - 1);
  });
}

function isMonthAllowed({ byMonth }: Rule, month: number): boolean {
  return byMonth.length === 0 || byMonth.includes(month);
}

function spanOfMonth(year: number, month: number): Span {
  return { first: toDays(year, month, 1), length: daysOfMonth(year, month) };
}

function daysOfSpan({ first, length }: Span): number[] {
  return Array.from({ length }, (_, index) => first + index);
}
