import { TodoError } from "../errors.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const WEEKDAY = "(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?" +
  "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DAY_OF_MONTH = "(\\d{1,2})(?:st|nd|rd|th)?";

/** A way to write a day, in lower case. `read` may throw a RangeError if the calendar has no such day. */
type DayForm = readonly [form: RegExp, read: (match: RegExpExecArray, today: Temporal.PlainDate) => Temporal.PlainDate];

// No text fits two forms, so their order has no meaning.
const DAY_FORMS: readonly DayForm[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, ([, year = "", month = "", day = ""]) => date(Number(year), Number(month), day)],
  [/^today$/, (_, today) => today],
  [/^tomorrow$/, (_, today) => shift(today, "1", "d")],
  [/^yesterday$/, (_, today) => shift(today, "-1", "d")],
  [/^eow$/, (_, today) => today.add({ days: 7 - today.dayOfWeek })],
  [/^eom$/, (_, today) => today.with({ day: today.daysInMonth })],
  [/^eoy$/, (_, today) => today.with({ month: 12, day: 31 })],
  [new RegExp(`^${WEEKDAY}$`), ([, name = ""], today) => nextWeekday(weekdayNumber(name), today)],
  [new RegExp(`^next ${WEEKDAY}$`), ([, name = ""], today) => weekdayOfNextWeek(weekdayNumber(name), today)],
  [/^([+-]?\d+)([dwmy])$/, ([, count = "", unit = ""], today) => shift(today, count, unit)],
  [/^(?:in )?(\d+) (day|week|month|year)s?$/, ([, count = "", unit = ""], today) => shift(today, count, unit)],
  [/^(?:in a|next) (day|week|month|year)$/, ([, unit = ""], today) => shift(today, "1", unit)],
  [/^(\d{1,2})(?:st|nd|rd|th)$/, ([, day = ""], today) => nextDayOfMonth(Number(day), today)],
  [
    new RegExp(`^${DAY_OF_MONTH} ${MONTH}(?: (\\d{4}))?$`),
    ([, day = "", month = "", year], today) => dayOfYear(day, month, year, today),
  ],
  [
    new RegExp(`^${MONTH} ${DAY_OF_MONTH}(?:,? (\\d{4}))?$`),
    ([, month = "", day = "", year], today) => dayOfYear(day, month, year, today),
  ],
];

/**
 * The day that a text names, seen from `today`, or undefined if it is no way to write a day. Expects lower case and
 * single spaces. Throws `invalid_input` for a day that the calendar does not have, and for a year that is not allowed.
 */
export function parseDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (const [form, read] of DAY_FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const day = orNoSuchDay(text, () => read(match, today));
    checkYear(day.year);
    return day;
  }
  return undefined;
}

/**
 * Throws `invalid_input` for a year that a due date can't have. Later years don't sort as text, earlier ones are typing
 * errors.
 */
export function checkYear(year: number): void {
  if (year < 1970 || year > 9999) throw new TodoError("invalid_input", "only the years 1970 to 9999 can be used");
}

function orNoSuchDay(text: string, read: () => Temporal.PlainDate): Temporal.PlainDate {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new TodoError("invalid_input", `there is no ${text}`);
    throw error;
  }
}

function date(year: number, month: number, day: string): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month, day: Number(day) }, { overflow: "reject" });
}

/**
 * `unit` begins with d, w, m or y. If the month reached is too short, its last day is meant: 31 January + 1m = 28
 * February.
 */
function shift(today: Temporal.PlainDate, count: string, unit: string): Temporal.PlainDate {
  const sign = count.startsWith("-") ? "-" : "";
  return today.add(`${sign}P${count.replace(/^[+-]/, "")}${unit.charAt(0).toUpperCase()}`);
}

/** 1 is Monday, as in ISO 8601. */
function weekdayNumber(name: string): number {
  return WEEKDAYS.indexOf(name.slice(0, 3)) + 1;
}

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1;
}

/** Strictly after today: on a Friday, `friday` is in seven days. */
function nextWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  const ahead = (weekday - today.dayOfWeek + 7) % 7;
  return today.add({ days: ahead === 0 ? 7 : ahead });
}

function weekdayOfNextWeek(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return today.add({ days: 7 - today.dayOfWeek + weekday });
}

function dayOfYear(
  day: string,
  month: string,
  year: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (year !== undefined) return date(Number(year), monthNumber(month), day);
  // A 29 February can be eight years away, around a century that is no leap year.
  const months = Array.from({ length: 9 }, (_, years) =>
    Temporal.PlainYearMonth.from({ year: today.year + years, month: monthNumber(month) }),
  );
  return firstDay(Number(day), months, today);
}

function nextDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate {
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
