import { TodoError } from "../errors.ts";

const DAYS_A_WEEK = 7;
const MONTHS_A_QUARTER = 3;

/**
 * Throws `invalid_input` for a year that a due date can't have. Later years don't sort as text, earlier ones are typing
 * errors.
 */
export function checkYear(year: number): void {
  if (year < 1970 || year > 9999) throw new TodoError("invalid_input", "only the years 1970 to 9999 can be used");
}

/** What `read` returns. Throws `invalid_input` if the calendar has no such day. */
export function orNoSuchDay<Result>(text: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new TodoError("invalid_input", `there is no ${text}`);
    throw error;
  }
}

/** Throws a RangeError if the calendar has no such day, as all functions here do. */
export function toDate(year: number, month: number, day: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
}

/** A day of an ISO week. Monday is 1. */
export function dayOfIsoWeek(year: number, week: number, weekday: number): Temporal.PlainDate {
  // ISO 8601: 4 January is always in week 1.
  const monday = weekdayOfWeek(1, toDate(year, 1, 4)).add({ weeks: week - 1 });
  if (monday.weekOfYear !== week) throw new RangeError("the year has no such week");
  return monday.add({ days: weekday - 1 });
}

/** Strictly after today: on a Friday, `friday` is in seven days. */
export function nextWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  const ahead = (weekday - today.dayOfWeek + DAYS_A_WEEK) % DAYS_A_WEEK;
  return today.add({ days: ahead === 0 ? DAYS_A_WEEK : ahead });
}

/** Strictly before today: on a Friday, `last friday` was seven days ago. */
export function lastWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return nextWeekday(weekday, today.subtract({ days: DAYS_A_WEEK + 1 }));
}

/** The weekday in the week of a day. Weeks begin on Monday, which is 1. */
export function weekdayOfWeek(weekday: number, day: Temporal.PlainDate): Temporal.PlainDate {
  return day.add({ days: weekday - day.dayOfWeek });
}

/** The first day of the quarter of the year that is next. */
export function nextQuarter(today: Temporal.PlainDate): Temporal.PlainDate {
  const monthsLeft = MONTHS_A_QUARTER - ((today.month - 1) % MONTHS_A_QUARTER);
  return today.with({ day: 1 }).add({ months: monthsLeft });
}

/** In the given year, else in the first that has this day on or after today. */
export function dayOfYear(
  day: number,
  month: number,
  year: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (year !== undefined) return toDate(Number(year), month, day);
  // A 29 February can be eight years away, around a century that is no leap year.
  const months = Array.from({ length: 9 }, (_, years) =>
    Temporal.PlainYearMonth.from({ year: today.year + years, month }, { overflow: "reject" }),
  );
  return firstDay(day, months, today);
}

export function nextDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate {
  // No two months in a row are too short for a day, so this month and the next two are enough.
  const months = [0, 1, 2].map((ahead) => today.toPlainYearMonth().add({ months: ahead }));
  return firstDay(day, months, today);
}

/** The day in the first of the months that has it on or after today. */
function firstDay(
  day: number,
  months: readonly Temporal.PlainYearMonth[],
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  const found = months
    .filter((month) => day <= month.daysInMonth)
    .map((month) => month.toPlainDate({ day }))
    .find((candidate) => Temporal.PlainDate.compare(candidate, today) >= 0);
  if (found === undefined) throw new RangeError("no month has this day");
  return found;
}
