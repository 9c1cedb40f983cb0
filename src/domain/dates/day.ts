import {
  checkYear,
  dayOfIsoWeek,
  dayOfYear,
  lastWeekday,
  nextDayOfMonth,
  nextQuarter,
  nextWeekday,
  orNoSuchDay,
  toDate,
  weekdayOfWeek,
} from "./calendar.ts";
import { TodoError } from "../errors.ts";
import { MONTH, monthNumber, WEEKDAY, weekdayNumber } from "./names.ts";
import { addToDay, CALENDAR_UNIT, readAgo, readOffset, splitOffset } from "./offset.ts";
import { refuseUnclearDay } from "./unclear.ts";

const SATURDAY = 6;
const SUNDAY = 7;
const DAY_OF_MONTH = "(\\d{1,2})(?:st|nd|rd|th)?";

/** A way to write a day, in lower case. `read` may throw a RangeError if the calendar has no such day. */
type DayForm = readonly [form: RegExp, read: (match: RegExpExecArray, today: Temporal.PlainDate) => Temporal.PlainDate];

// No text fits two forms, so their order has no meaning. `DATE_FORMS` says what people are told of them.
const DAY_FORMS: readonly DayForm[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, ([, year, month, day]) => toDate(Number(year), Number(month), Number(day))],
  [/^(\d{4})(\d{2})(\d{2})$/, ([, year, month, day]) => toDate(Number(year), Number(month), Number(day))],
  [
    /^(\d{4})-w(\d{2})(?:-([1-7]))?$/,
    ([, year, week, weekday = "1"]) => dayOfIsoWeek(Number(year), Number(week), Number(weekday)),
  ],
  [
    /^(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?$/,
    ([, day, month, year], today) => dayOfYear(Number(day), Number(month), year, today),
  ],
  [/^(?:today|eod)$/, (_, today) => today],
  [/^(?:tomorrow|tmrw)$/, (_, today) => today.add({ days: 1 })],
  [/^(?:the )?day after tomorrow$/, (_, today) => today.add({ days: 2 })],
  [/^yesterday$/, (_, today) => today.subtract({ days: 1 })],
  [/^(?:this )?weekend$/, (_, today) => today.add({ days: Math.max(0, SATURDAY - today.dayOfWeek) })],
  [/^next weekend$/, (_, today) => weekdayOfWeek(SATURDAY, today.add({ weeks: 1 }))],
  [/^eow$/, (_, today) => weekdayOfWeek(SUNDAY, today)],
  [/^eom$/, (_, today) => today.with({ day: today.daysInMonth })],
  [/^eoq$/, (_, today) => nextQuarter(today).subtract({ days: 1 })],
  [/^eoy$/, (_, today) => today.with({ month: 12, day: 31 })],
  [/^sow$/, (_, today) => weekdayOfWeek(1, today.add({ weeks: 1 }))],
  [/^som$/, (_, today) => today.with({ day: 1 }).add({ months: 1 })],
  [/^soq$/, (_, today) => nextQuarter(today)],
  [/^soy$/, (_, today) => today.with({ month: 1, day: 1 }).add({ years: 1 })],
  [new RegExp(`^${WEEKDAY}$`), ([, name = ""], today) => nextWeekday(weekdayNumber(name), today)],
  [new RegExp(`^this ${WEEKDAY}$`), ([, name = ""], today) => weekdayOfThisWeek(name, today)],
  [
    new RegExp(`^next ${WEEKDAY}$`),
    ([, name = ""], today) => weekdayOfWeek(weekdayNumber(name), today.add({ weeks: 1 })),
  ],
  [new RegExp(`^last ${WEEKDAY}$`), ([, name = ""], today) => lastWeekday(weekdayNumber(name), today)],
  [
    new RegExp(`^(?:in |[+-])?(\\d+) ?${CALENDAR_UNIT}$`),
    ([text, count = "", unit = ""], today) => addToDay(today, readOffset(signOf(text) + count, unit)),
  ],
  [
    new RegExp(`^(an?|\\d+) ?${CALENDAR_UNIT} ago$`),
    ([, count = "", unit = ""], today) => addToDay(today, readAgo(count, unit)),
  ],
  [/^(?:in an?|next) (day|week|month|year)$/, ([, unit = ""], today) => addToDay(today, readOffset("1", unit))],
  [/^(\d{1,2})(?:st|nd|rd|th)$/, ([, day], today) => nextDayOfMonth(Number(day), today)],
  [
    new RegExp(`^${DAY_OF_MONTH} ${MONTH}(?: (\\d{4}))?$`),
    ([, day, month = "", year], today) => dayOfYear(Number(day), monthNumber(month), year, today),
  ],
  [
    new RegExp(`^${MONTH} ${DAY_OF_MONTH}(?:,? (\\d{4}))?$`),
    ([, month = "", day, year], today) => dayOfYear(Number(day), monthNumber(month), year, today),
  ],
  [
    new RegExp(`^${WEEKDAY},? ${DAY_OF_MONTH} ${MONTH}(?: (\\d{4}))?$`),
    ([, name = "", day, month = "", year], today) =>
      checkWeekday(name, dayOfYear(Number(day), monthNumber(month), year, today)),
  ],
  [
    new RegExp(`^${WEEKDAY},? ${MONTH} ${DAY_OF_MONTH}(?:,? (\\d{4}))?$`),
    ([, name = "", month = "", day, year], today) =>
      checkWeekday(name, dayOfYear(Number(day), monthNumber(month), year, today)),
  ],
];

/**
 * The day that a text names, seen from `today`, or undefined if it is no way to write a day. Expects lower case and
 * single spaces. Throws `invalid_input` for a day that the calendar does not have, for a year that is not allowed, and
 * for a text that can be read in two ways.
 */
export function parseDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (const [form, read] of DAY_FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const day = orNoSuchDay(text, () => read(match, today));
    checkYear(day.year);
    return day;
  }
  refuseUnclearDay(text);
  return parseDaySum(text, today);
}

/** A day and what is added to it: `eom+1d`. */
function parseDaySum(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const sum = splitOffset(text);
  if (sum === undefined || sum.before === "") return undefined;
  const day = parseDay(sum.before, today);
  return day && orNoSuchDay(text, () => addToDay(day, sum.offset));
}

function signOf(text: string): string {
  return text.startsWith("-") ? "-" : "";
}

/** The day, if it is on the weekday that stands before it. Throws `invalid_input` if one of the two must be wrong. */
function checkWeekday(name: string, day: Temporal.PlainDate): Temporal.PlainDate {
  if (day.dayOfWeek === weekdayNumber(name)) return day;
  throw new TodoError("invalid_input", `${day.toString()} is another day of the week`);
}

/** Throws `invalid_input` if the day is over: whether it or the next one is meant is not known. */
function weekdayOfThisWeek(name: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const day = weekdayOfWeek(weekdayNumber(name), today);
  if (Temporal.PlainDate.compare(day, today) >= 0) return day;
  throw new TodoError("invalid_input", `this ${name} was ${day.toString()}, write ${name} for the next one`);
}
