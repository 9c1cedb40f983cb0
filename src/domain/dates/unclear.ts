import { TodoError } from "../errors.ts";
import { toDate } from "./calendar.ts";
import { MONTHS } from "./names.ts";
import { CLOCK_UNIT } from "./offset.ts";

const SLASHES = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const ONE_DOT = /^(\d{1,2})\.(\d{1,2})$/;
const SHORT_YEAR = /^\d{1,2}([/.])\d{1,2}\1\d{2}$/;
const UNSIGNED_TIME = new RegExp(`^(\\d+) ?${CLOCK_UNIT}$`);
/** A year in which every day exists. */
const LEAP_YEAR = 2000;

/**
 * Throws `invalid_input` for numbers of which people in two countries think two different days, with all that they can
 * mean. Those with one reading are refused too, or the same form would be a date on some days only.
 */
export function refuseUnclearDay(text: string): void {
  if (SHORT_YEAR.test(text)) throw new TodoError("invalid_input", "a year has four digits");
  const slashes = SLASHES.exec(text);
  if (slashes) {
    const [, one, other, year] = slashes;
    throw unclear(text, [...nameDay(one, other, year), ...nameDay(other, one, year)]);
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) throw unclear(text, nameDay(yearFirst[3], yearFirst[2], yearFirst[1]));
  const dotted = ONE_DOT.exec(text);
  if (dotted) throw unclear(text, [...nameDay(dotted[1], dotted[2]), ...nameTime(dotted[1], dotted[2])]);
}

/** Throws `invalid_input` for hours without `+` or `in`: `17h` is a time for some. */
export function refuseUnsignedTime(text: string): void {
  const [, count, unit = ""] = UNSIGNED_TIME.exec(text) ?? [];
  if (count === undefined) return;
  const short = unit.startsWith("h") ? "h" : "min";
  throw unclear(text, [`+${count}${short}`, ...(unit === "h" ? nameTime(count, "00") : [])]);
}

function nameDay(day: string | undefined, month: string | undefined, year?: string): string[] {
  try {
    const date = toDate(Number(year ?? LEAP_YEAR), Number(month), Number(day));
    return [year === undefined ? `${date.day} ${MONTHS[date.month - 1]}` : date.toString()];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function nameTime(hour: string | undefined, minute: string | undefined): string[] {
  return Number(hour) < 24 && /^[0-5]\d$/.test(minute ?? "") ? [`${Number(hour)}:${minute}`] : [];
}

function unclear(text: string, readings: readonly string[]): TodoError {
  const [only, ...others] = new Set(readings);
  if (only === undefined) return new TodoError("invalid_input", `there is no ${text}`);
  if (others.length === 0) return new TodoError("invalid_input", `write ${only}`);
  return new TodoError("invalid_input", `it can be ${[only, ...others].join(" or ")}, write the one you mean`);
}
