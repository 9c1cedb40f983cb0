import type { RuleWeekday } from "../rule-values.ts";
import { maxDaysOf } from "./pattern.ts";
import { attempt, type Reader, readList, refuse, take } from "./reader.ts";
import { type Ordinal, readMonth, readOrdinal, readWeekdays, takeMatch } from "./values.ts";
import { DAY_WORD, WORKDAY_WORD } from "./vocabulary.ts";

type Counted = "days" | "workdays" | "weekdays";

/** What ordinals count: `1st and 3rd` weekdays, `last` workdays, `15th` days. */
type Group = { readonly ordinals: readonly Ordinal[]; readonly counted: Counted; readonly weekdays: readonly number[] };

/** Days that are counted in a month or year. */
export type OrdinalDays = {
  readonly counted: Counted;
  readonly groups: readonly Group[];
  /** The months behind `of`. */
  readonly months: readonly number[];
  /** True behind `of the month`. */
  readonly isOfMonth: boolean;
  /** The token behind the days, which may be `of`. */
  readonly end: number;
};

const MAX_WORKDAYS = 23;
const MAX_DAYS = 31;
/** Every month has so many days: counted from the end, none is too short. */
const MAX_DAYS_FROM_END = 28;
const MAX_WEEKDAYS_OF_MONTH = 5;
const MAX_WEEKDAYS_OF_YEAR = 53;

/** `1st, 15th`, `last workday`, `3rd friday of the month`, `last day of feb`. Undefined if no ordinal begins here. */
export function readOrdinalDays(reader: Reader): OrdinalDays | undefined {
  const groups = readList(reader, () => readGroup(reader));
  const [first] = groups;
  if (first === undefined) return undefined;
  const other = groups.find(({ counted }) => counted !== first.counted);
  if (other !== undefined) {
    refuse(reader, {
      at: other.ordinals[0]?.at,
      message: "days, weekdays and workdays do not go into one rule",
      advice: ["Add a task for each of them."],
    });
  }
  const end = reader.position;
  const isOf = take(reader, "of", "in");
  const isOfMonth = isOf && takeTheMonth(reader);
  const months = isOf && !isOfMonth ? readMonths(reader) : [];
  return { counted: first.counted, groups, months, isOfMonth, end };
}

function readGroup(reader: Reader): Group | undefined {
  const ordinals = readList(reader, () => readOrdinal(reader));
  if (ordinals.length === 0) return undefined;
  if (takeMatch(reader, WORKDAY_WORD)) return { ordinals, counted: "workdays", weekdays: [] };
  const weekdays = readWeekdays(reader);
  if (weekdays.length > 0) return { ordinals, counted: "weekdays", weekdays };
  takeMatch(reader, DAY_WORD);
  return { ordinals, counted: "days", weekdays: [] };
}

function takeTheMonth(reader: Reader): boolean {
  const isTaken = attempt(reader, () => {
    take(reader, "the", "each", "every");
    return take(reader, "month") || undefined;
  });
  return isTaken ?? false;
}

function readMonths(reader: Reader): number[] {
  const months = readList(reader, () => readMonth(reader));
  return months.length > 0 ? months : refuse(reader, { advice: ["Write of the month, or the month: of sep"] });
}

/** Throws `invalid_input` for an ordinal that no month, or no year where a year is counted, has. */
export function checkOrdinals(
  reader: Reader,
  { counted, groups, months }: OrdinalDays,
  period: "month" | "year",
): void {
  const max = findLimits(counted, months, period);
  for (const { ordinal, at } of groups.flatMap(({ ordinals }) => ordinals)) {
    if (ordinal === 0 || ordinal > max.fromStart || -ordinal > max.fromEnd) {
      refuse(reader, { at, message: "there is no such day", advice: [max.advice] });
    }
  }
}

function findLimits(counted: Counted, months: readonly number[], period: "month" | "year") {
  switch (counted) {
    case "days": {
      const fromStart = Math.min(MAX_DAYS, ...months.map(maxDaysOf));
      return {
        fromStart,
        fromEnd: MAX_DAYS_FROM_END,
        advice: "A month has 31 days at most. From the end, at most 28 are counted: 28th last day",
      };
    }
    case "workdays":
      return { fromStart: MAX_WORKDAYS, fromEnd: MAX_WORKDAYS, advice: "A month has at most 23 workdays." };
    case "weekdays":
      return period === "year" && months.length === 0
        ? {
            fromStart: MAX_WEEKDAYS_OF_YEAR,
            fromEnd: MAX_WEEKDAYS_OF_YEAR,
            advice: "A year has at most 53 of a weekday.",
          }
        : {
            fromStart: MAX_WEEKDAYS_OF_MONTH,
            fromEnd: MAX_WEEKDAYS_OF_MONTH,
            advice: "A month has at most 5 of a weekday. In a year: year on the 13th fri",
          };
  }
}

/** All ordinals of the days, whatever they count. */
export function listOrdinals({ groups }: OrdinalDays): number[] {
  return groups.flatMap(({ ordinals }) => ordinals.map(({ ordinal }) => ordinal));
}

/** Each weekday with each ordinal that stands before it. */
export function listNthWeekdays({ groups }: OrdinalDays): RuleWeekday[] {
  return groups.flatMap(({ ordinals, weekdays }) =>
    ordinals.flatMap(({ ordinal }) => weekdays.map((weekday) => ({ ordinal, weekday }))),
  );
}
