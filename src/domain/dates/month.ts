import { checkYear, orNoSuchDay, toDate } from "./calendar.ts";
import type { LocalTime } from "./local-time.ts";
import { MONTH, MONTH_NAMES, monthNumber } from "./names.ts";
import { simplifyDate } from "./simplify.ts";

/** A month that was typed, by its first day, and the words behind it. */
export type NamedMonth = { readonly month: string; readonly rest: readonly string[] };

/** Which month a name without a year means: the one that began last, or the next one. Both may be the present one. */
export type MonthSide = "behind" | "ahead";

/** One month, in the ISO way or by its name: `2027-02`, `feb`, `february 2027`. */
export const ONE_MONTH = new RegExp(`^(?:(\\d{4})-(\\d{2})|${MONTH}(?: (\\d{4}))?)$`);

const NEAR_MONTHS: ReadonlyMap<string, number> = new Map([
  ["last month", -1],
  ["this month", 0],
  ["next month", 1],
]);

/** The months that are named without a year, as people type them. */
export const NAMED_MONTHS: readonly string[] = [...MONTH_NAMES, ...NEAR_MONTHS.keys()];

/**
 * The month at the beginning of what was typed: `2027-02`, `feb`, `february 2027`, `next month`. A name without a year is the next
 * such month. Undefined if they begin with none. Throws `invalid_input` for a month that the calendar does not have.
 */
export function readMonth(words: readonly string[], system: Pick<LocalTime, "today">): NamedMonth | undefined {
  const today = Temporal.PlainDate.from(system.today());
  // The longest one is meant: `february 2027` is no February with a word behind it.
  for (const count of [2, 1]) {
    const text = words.length < count ? undefined : simplifyDate(words.slice(0, count).join(" "));
    const month = text === undefined ? undefined : orNoSuchDay(text, () => parseMonth(text, today));
    if (!month) continue;
    checkYear(month.year);
    return { month: month.toString(), rest: words.slice(count) };
  }
  return undefined;
}

function parseMonth(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const step = NEAR_MONTHS.get(text);
  if (step !== undefined) return today.with({ day: 1 }).add({ months: step });
  const match = ONE_MONTH.exec(text);
  return match === null ? undefined : readOneMonth(match, today, "ahead");
}

/** The first day of the month that `ONE_MONTH` matches. Throws a RangeError if the calendar has no such month. */
export function readOneMonth(
  [, isoYear, isoMonth, name = "", year]: RegExpExecArray,
  today: Temporal.PlainDate,
  side: MonthSide,
): Temporal.PlainDate {
  if (isoMonth !== undefined) return toDate(Number(isoYear), Number(isoMonth), 1);
  const month = monthNumber(name);
  if (year !== undefined) return toDate(Number(year), month, 1);
  const step = side === "ahead" ? Number(month < today.month) : -Number(month > today.month);
  return toDate(today.year + step, month, 1);
}
