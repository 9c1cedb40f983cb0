import { checkYear, dayOfIsoWeek, orNoSuchDay, toDate } from "./calendar.ts";
import { TodoError, tryRead, withHint } from "../errors.ts";
import { PERIOD_UNITS, PERIODS_HINT } from "./forms.ts";
import type { LocalTime } from "./local-time.ts";
import { type MonthSide, ONE_MONTH, readOneMonth } from "./month.ts";
import { simplifyDate } from "./simplify.ts";
import { toBound } from "./bounds.ts";
import type { Condition, DateField } from "../query/query.ts";
import { quoteShort } from "../task/text.ts";

/** A range of the user's days: `from` is the first one, `to` the first one after it. */
export type Period = { readonly from: string; readonly to: string };

type Today = Pick<LocalTime, "today">;
type Days = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };
/** A way to write a period, in lower case. `read` may throw a RangeError if the calendar has no such day. */
type PeriodForm = readonly [
  form: RegExp,
  read: (match: RegExpExecArray, today: Temporal.PlainDate, side: MonthSide) => Days,
];

const MONTHS_A_QUARTER = 3;
/** `from november 2025 .. november 2026` has fewer. */
const MAX_WORDS = 6;
const UNIT = `(${PERIOD_UNITS.join("|")})`;
const COUNTED_UNIT = `(day|${PERIOD_UNITS.join("|")})s?`;
/** Text that begins so goes in quotes or behind `--`. */
const BEGINS_PERIOD = /^(?:last|this|next)(?: |$)/i;
const RANGE = /^(.+?) ?\.\. ?(.*)$/;

// No text fits two forms, so their order has no meaning. `PERIOD_FORMS` says what people are told of them.
const FORMS: readonly PeriodForm[] = [
  [/^today$/, (_, today) => lasting("day", today)],
  [/^yesterday$/, (_, today) => lasting("day", today.subtract({ days: 1 }))],
  [new RegExp(`^(?:this )?${UNIT}$`), ([, unit = ""], today) => lasting(unit, startOf(unit, today))],
  [
    new RegExp(`^last ${UNIT}$`),
    ([, unit = ""], today) => {
      const to = startOf(unit, today);
      return { from: shift(to, -1, unit), to };
    },
  ],
  [
    new RegExp(`^last (\\d{1,4}) ${COUNTED_UNIT}$`),
    ([, count, unit = ""], today) => {
      const to = today.add({ days: 1 });
      return { from: shift(to, -Number(count), unit), to };
    },
  ],
  [/^(\d{4})$/, ([, year]) => lasting("year", toDate(Number(year), 1, 1))],
  [ONE_MONTH, (match, today, side) => lasting("month", readOneMonth(match, today, side))],
  [
    /^(\d{4})-(\d{2})-(\d{2})$/,
    ([, year, month, day]) => lasting("day", toDate(Number(year), Number(month), Number(day))),
  ],
  [/^(\d{4})-w(\d{2})$/, ([, year, week]) => lasting("week", dayOfIsoWeek(Number(year), Number(week), 1))],
];

/**
 * The period that a text names. `PERIOD_FORMS` lists the grammar. Weeks begin on Monday. `side` is where a month lies that is
 * named alone. Throws `invalid_input` for any other text, and for a period without days.
 */
export function parsePeriod(text: string, system: Today, side?: MonthSide): Period {
  const period = readWhole(text, system, side);
  if (period === undefined) throw notAPeriod(text);
  return period;
}

/**
 * The period at the beginning of what was typed, in one argument or in several, and the arguments behind it. Undefined if
 * they begin with none. Throws `invalid_input` for days that the calendar does not have, for a period without days, and for what
 * begins with `last`, `this` or `next` and is none.
 */
export function readPeriod(
  words: readonly string[],
  system: Today,
): { readonly period: Period; readonly rest: readonly string[] } | undefined {
  const errors: TodoError[] = [];
  // The longest one is meant: `november 2026` is no November with a word behind it.
  for (let count = Math.min(words.length, MAX_WORDS); count > 0; count--) {
    try {
      const period = readWhole(words.slice(0, count).join(" "), system);
      if (period) return { period, rest: words.slice(count) };
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      errors.push(error);
    }
  }
  // Those of more arguments may be about a term that stands behind.
  const [error] = errors.slice(-1);
  if (error) throw error;
  // Looked for as text, `last wek` would find nothing in silence.
  if (BEGINS_PERIOD.test(words[0] ?? ""))
    throw withHint(notAPeriod(words.slice(0, 2).join(" ")), "Text that is looked for goes behind --.");
  return undefined;
}

/** Whether `parsePeriod` understands the text. */
export function isPeriod(text: string, system: Today, side?: MonthSide): boolean {
  return tryRead(() => readWhole(text, system, side)) !== undefined;
}

/** The condition that a date lies in a period. A moment lies in the user's day of it. */
export function datedIn(date: DateField, period: Period, system: Pick<LocalTime, "timeZone">): Condition {
  return { kind: "dated", date, ...boundsOf(period, system) };
}

/** The bounds of a period, for comparing dates with it. */
export function boundsOf(period: Period, system: Pick<LocalTime, "timeZone">) {
  // Behind the last day may come the year 10000, of which no due date is.
  return { from: toBound(period.from, "start", system), before: toBound(lastDayOf(period), "end", system) };
}

/** The last day of a period. */
export function lastDayOf({ to }: Pick<Period, "to">): string {
  return Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
}

function readWhole(text: string, system: Today, side?: MonthSide): Period | undefined {
  const simple = simplifyDate(text);
  if (simple === undefined) return undefined;
  const today = Temporal.PlainDate.from(system.today());
  const days = readRange(simple, today, side) ?? readDays(simple, today, side);
  if (days === undefined) return undefined;
  if (Temporal.PlainDate.compare(days.from, days.to) >= 0) {
    throw new TodoError("invalid_input", `the period ${quoteShort(text)} has no days`, { hints: [PERIODS_HINT] });
  }
  return { from: days.from.toString(), to: days.to.toString() };
}

/** From the first day of one period to the last of another, or to today. Ahead, a month ends it that is not before its beginning. */
function readRange(text: string, today: Temporal.PlainDate, side?: MonthSide): Days | undefined {
  const [, first, last = ""] = RANGE.exec(text) ?? [];
  const start = first === undefined ? undefined : readDays(first, today, side);
  if (start === undefined) return undefined;
  const isMonthAhead = side === "ahead" && ONE_MONTH.test(last);
  const end = readDays(last || "today", isMonthAhead ? start.from : today, side);
  if (end === undefined) throw notAPeriod(text);
  return { from: start.from, to: end.to };
}

function readDays(text: string, today: Temporal.PlainDate, side: MonthSide = "behind"): Days | undefined {
  for (const [form, read] of FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const days = orNoSuchDay(text, () => read(match, today, side));
    checkYear(days.from.year);
    return days;
  }
  return undefined;
}

function lasting(unit: string, from: Temporal.PlainDate): Days {
  return { from, to: shift(from, 1, unit) };
}

function shift(day: Temporal.PlainDate, count: number, unit: string): Temporal.PlainDate {
  return unit === "quarter" ? day.add({ months: count * MONTHS_A_QUARTER }) : day.add({ [`${unit}s`]: count });
}

function startOf(unit: string, day: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === "week") return day.subtract({ days: day.dayOfWeek - 1 });
  if (unit === "month") return day.with({ day: 1 });
  if (unit === "year") return day.with({ month: 1, day: 1 });
  return day.with({ month: day.month - ((day.month - 1) % MONTHS_A_QUARTER), day: 1 });
}

function notAPeriod(text: string): TodoError {
  return new TodoError("invalid_input", `${quoteShort(text)} is not a period`, { hints: [PERIODS_HINT] });
}
