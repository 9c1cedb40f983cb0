import { MONTHS, monthNumber } from "../../dates/names.ts";
import type { Frequency } from "../rule.ts";
import type { RuleWeekday } from "../rule-values.ts";
import { checkOrdinals, listNthWeekdays, listOrdinals, type OrdinalDays, readOrdinalDays } from "./ordinal-days.ts";
import { type CycleDays, eachWeekday, maxDaysOf, sortOrdinals, WORKDAYS } from "./pattern.ts";
import { attempt, peek, type Reader, refuse, take } from "./reader.ts";
import { readWeekdays } from "./values.ts";
import { DAY_WORD, MONTH_WORD } from "./vocabulary.ts";

const DAY_NUMBER = /^\d{1,3}(?:st|nd|rd|th)?$/;

/** What to write behind `on`. */
const ADVICE_ON = {
  DAILY: ["Weekdays go with weeks: week on mon,thu"],
  WEEKLY: ["A week has weekdays: week on mon,thu. Days are counted in a month: month on the 3rd"],
  MONTHLY: ["Write month on the 15th, month on the last day, or month on the 2nd tue."],
  YEARLY: ["Write year on 27 jan, or year on the 1st mon of sep."],
} satisfies Record<Frequency, readonly string[]>;

/** The days behind a cycle: `on mon,thu`, `on the 3rd`. None if they are not said. */
export function readDaysOf(reader: Reader, freq: Frequency): Partial<CycleDays> {
  const isSaid = take(reader, "on");
  if (isSaid) take(reader, "the");
  const days = attempt(reader, () => readDaysOn(reader, freq));
  if (isSaid && days === undefined) refuse(reader, { advice: ADVICE_ON[freq] });
  return days ?? {};
}

function readDaysOn(reader: Reader, freq: Frequency): Partial<CycleDays> | undefined {
  switch (freq) {
    case "DAILY":
      return undefined;
    case "WEEKLY":
      return readWeekdayDays(reader);
    case "MONTHLY":
      return readDaysOfMonth(reader);
    case "YEARLY":
      return readDayOfYear(reader) ?? readDaysOfYear(reader);
  }
}

export function readWeekdayDays(reader: Reader): Partial<CycleDays> | undefined {
  const weekdays = readWeekdays(reader);
  return weekdays.length === 0 ? undefined : { byDay: eachWeekday(weekdays) };
}

function readDaysOfMonth(reader: Reader): Partial<CycleDays> | undefined {
  const days = readOrdinalDays(reader);
  if (days && days.months.length > 0) refuse(reader, { at: days.end, advice: ADVICE_ON.YEARLY });
  return days && toCycleDays(reader, days, "MONTHLY");
}

/** `1st of jan`, `2nd tue of sep`, and without a month what is counted in the year: `13th friday`. */
function readDaysOfYear(reader: Reader): Partial<CycleDays> | undefined {
  const days = readOrdinalDays(reader);
  if (days === undefined) return undefined;
  if (days.isOfMonth || (days.counted === "days" && days.months.length === 0)) {
    refuse(reader, { at: days.end, message: "the month is missing", advice: ADVICE_ON.YEARLY });
  }
  return toCycleDays(reader, days, "YEARLY");
}

/** The days as a rule names them. Throws `invalid_input` if no month or year has them. */
export function toCycleDays(reader: Reader, days: OrdinalDays, freq: Frequency): Partial<CycleDays> {
  if (days.counted === "workdays" && days.months.length > 1) {
    // BYSETPOS would count them in the year, not in each month.
    refuse(reader, {
      at: days.end,
      message: "workdays are counted in one month",
      advice: ["Add a task for each month."],
    });
  }
  checkOrdinals(reader, days, freq === "YEARLY" ? "year" : "month");
  const byMonth = sortOrdinals(days.months);
  const ordinals = sortOrdinals(listOrdinals(days));
  switch (days.counted) {
    case "days":
      return { byMonth, byMonthDay: ordinals };
    case "workdays":
      return { byMonth, byDay: eachWeekday(WORKDAYS), bySetPos: ordinals };
    case "weekdays":
      return { byMonth, byDay: sortNthWeekdays(listNthWeekdays(days)) };
  }
}

/** Throws `invalid_input` for `3rd day`, which is every third day for some and a day of the month for others. */
export function refuseNthDay(reader: Reader, days: OrdinalDays): void {
  const [ordinal = 0, ...others] = listOrdinals(days);
  const isBare = !days.isOfMonth && days.months.length === 0 && DAY_WORD.test(reader.tokens[days.end - 1]?.word ?? "");
  if (!isBare || others.length > 0 || ordinal < 0) return;
  const written = reader.tokens[days.end - 2]?.word ?? "";
  refuse(reader, {
    at: days.end - 1,
    message: `"${written} day" has two meanings`,
    advice: [`Write ${ordinal} days to count days, or month on the ${written} for that day of the month.`],
  });
}

/** `27 jan`, `27th jan`, `jan 27` */
export function readDayOfYear(reader: Reader): Partial<CycleDays> | undefined {
  const isDayFirst = MONTH_WORD.test(peek(reader, 1)) && DAY_NUMBER.test(peek(reader));
  if (!isDayFirst && !MONTH_WORD.test(peek(reader))) return undefined;
  const dayAt = reader.position + (isDayFirst ? 0 : 1);
  const day = reader.tokens[dayAt]?.word ?? "";
  const month = monthNumber(peek(reader, isDayFirst ? 1 : 0));
  if (!DAY_NUMBER.test(day)) refuse(reader, { at: dayAt, message: "the day is missing", advice: ADVICE_ON.YEARLY });
  const number = Number.parseInt(day, 10);
  if (number < 1 || number > maxDaysOf(month)) {
    refuse(reader, { at: dayAt, message: `there is no ${number} ${MONTHS[month - 1]}`, advice: [] });
  }
  reader.position += 2;
  return { byMonth: [month], byMonthDay: [number] };
}

/** Each weekday once, in the order of the ordinals and of the week. */
function sortNthWeekdays(days: readonly RuleWeekday[]): RuleWeekday[] {
  return sortOrdinals(days.map(({ ordinal }) => ordinal)).flatMap((ordinal) => {
    const weekdays = days.filter((day) => day.ordinal === ordinal).map(({ weekday }) => weekday);
    return eachWeekday(weekdays).map((day) => ({ ...day, ordinal }));
  });
}
