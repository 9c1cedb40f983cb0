import { TodoError } from "../errors.ts";

// Days of the Gregorian calendar as numbers: 0 is 1970-01-01. A rule may look at thousands of days to find one, which
// Temporal is too slow for. The arithmetic is that of Howard Hinnant's "chrono-compatible low-level date algorithms".

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** The calendar repeats after so many years, weekdays included. */
export const CYCLE_YEARS = 400;
export const CYCLE_DAYS = 146_097;

/** Days from 0000-03-01, on which a cycle begins, to 1970-01-01. */
const EPOCH = 719_468;

/** The number of a day of the calendar. The month and the day must exist. */
export function toDays(year: number, month: number, day: number): number {
  // A year that begins in March has its leap day at the end, so it shifts no other day.
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + daysBeforeMonth((month + 9) % 12) + day - 1 - EPOCH;
}

/** The year, month and day of a number. */
export function fromDays(days: number): CivilDate {
  const cycle = Math.floor((days + EPOCH) / CYCLE_DAYS);
  const rest = days + EPOCH - cycle * CYCLE_DAYS;
  const leapDays = Math.floor(rest / 1460) - Math.floor(rest / 36_524) + Math.floor(rest / 146_096);
  const year = Math.floor((rest - leapDays) / 365);
  const dayOfYear = rest - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const isNextYear = marchMonth >= 10;
  return {
    year: year + cycle * CYCLE_YEARS + (isNextYear ? 1 : 0),
    month: isNextYear ? marchMonth - 9 : marchMonth + 3,
    day: dayOfYear - daysBeforeMonth(marchMonth) + 1,
  };
}

/** The days of a year before a month, both counted from March. From there months have 31, 30, 31, 30, 31 days in turn. */
function daysBeforeMonth(marchMonth: number): number {
  return Math.floor((153 * marchMonth + 2) / 5);
}

/** 0 is Monday. */
export function weekdayOf(days: number): number {
  return modulo(days + 3, 7);
}

export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function daysOfYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The rest that is never negative, as the one of `%` can be. */
export function modulo(value: number, divisor: number): number {
  return value - divisor * Math.floor(value / divisor);
}

/** Reads `2026-11-23`. Throws `invalid_input` for anything else and for a day that the calendar lacks. */
export function parseDay(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const days = readDay(Number(year), Number(month), Number(day));
  if (days === null) throw new TodoError("invalid_input", `"${text}" is not a day: write it like 2026-11-23`);
  return days;
}

/** The number of a day, or null if the calendar lacks it. */
export function readDay(year: number, month: number, day: number): number | null {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
  return exists ? toDays(year, month, day) : null;
}

/** Writes `2026-11-23`. */
export function formatDay(days: number): string {
  const { year, month, day } = fromDays(days);
  return `${String(year).padStart(4, "0")}-${padTwo(month)}-${padTwo(day)}`;
}

function padTwo(value: number): string {
  return String(value).padStart(2, "0");
}
