import { MONTH, WEEKDAY } from "../../dates/names.ts";
import type { Cycle } from "./pattern.ts";

const DAY: Cycle = { freq: "DAILY", interval: 1 };
const WEEK: Cycle = { freq: "WEEKLY", interval: 1 };
const TWO_WEEKS: Cycle = { freq: "WEEKLY", interval: 2 };
const A_MONTH: Cycle = { freq: "MONTHLY", interval: 1 };
const QUARTER: Cycle = { freq: "MONTHLY", interval: 3 };
const YEAR: Cycle = { freq: "YEARLY", interval: 1 };

/** The units that can be counted: `2 weeks`. */
export const UNITS: ReadonlyMap<string, Cycle> = new Map([
  ...spell(DAY, "day", "days", "d"),
  ...spell(WEEK, "week", "weeks", "w"),
  ...spell(A_MONTH, "month", "months", "mo", "m"),
  ...spell(QUARTER, "quarter", "quarters"),
  ...spell(YEAR, "year", "years", "y"),
]);

/** The cycles that are one word. */
export const ADVERBS: ReadonlyMap<string, Cycle> = new Map([
  ...spell(DAY, "daily"),
  ...spell(WEEK, "weekly"),
  ...spell(TWO_WEEKS, "biweekly", "fortnightly", "fortnight"),
  ...spell(A_MONTH, "monthly"),
  ...spell(QUARTER, "quarterly"),
  ...spell(YEAR, "yearly", "annually"),
]);

/** The number words, from one on. */
export const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
/** The ordinal words, from first on. */
export const ORDINALS = "first second third fourth fifth".split(" ");

export const WEEKDAY_WORD = new RegExp(`^${WEEKDAY}(?:(?<=day)s)?$`);
export const MONTH_WORD = new RegExp(`^${MONTH}$`);
export const WORKDAY_WORD = /^(?:week|work)days?$/;
export const DAY_WORD = /^days?$/;

function spell(cycle: Cycle, ...words: readonly string[]): [string, Cycle][] {
  return words.map((word) => [word, cycle]);
}
