import { parseEvery } from "../../domain/recurrence/every.ts";
import { tryRead } from "../../domain/errors.ts";

/** Taskwarrior's words for periods (https://taskwarrior.org/docs/durations/) as `every:` has them: a unit, and how many of it. */
const PERIODS: readonly (readonly [words: RegExp, unit: string, count: number])[] = [
  [/^(?:d|days?|daily)$/, "days", 1],
  [/^(?:w|wks?|weeks?|weekly|sennight)$/, "weeks", 1],
  [/^(?:biweekly|fortnight)$/, "weeks", 2],
  [/^(?:mos?|mths?|months?|monthly)$/, "months", 1],
  [/^bimonthly$/, "months", 2],
  [/^(?:q|qtrs?|quarters?|quarterly)$/, "months", 3],
  [/^semiannual$/, "months", 6],
  [/^(?:y|yrs?|years?|yearly|annual)$/, "years", 1],
  [/^(?:biannual|biyearly)$/, "years", 2],
];

/** Durations of ISO 8601 that are of one unit of days or longer. */
const ISO_UNITS: Readonly<Record<string, string>> = { D: "days", W: "weeks", M: "months", Y: "years" };

/** A local day (`2026-08-01`) or time (`2026-08-01T17:00`) at which a series begins, and one at which it ends. */
type Span = { readonly start: string; readonly until?: string | undefined };

/** A period of Taskwarrior as a rule of RFC 5545. undefined for one that tasks here can't have, such as hours. */
export function readRule(recur: string, { start, until }: Span): string | undefined {
  const words = recur === "weekdays" ? "workday" : readPeriod(recur);
  if (words === undefined) return undefined;
  const end = until === undefined ? "" : `;UNTIL=${until.replaceAll(/[-:]/g, "")}${until.includes("T") ? "00" : ""}`;
  return tryRead(() => parseEvery(words, start, start.slice(0, 10)).rule + end);
}

function readPeriod(recur: string): string | undefined {
  const [, isoCount, isoUnit = ""] = /^P(\d+)([DWMY])$/.exec(recur) ?? [];
  const [, count = isoCount ?? "1", unit = ""] = /^(\d+)?\s*([a-z]+)$/.exec(recur) ?? [];
  const period = PERIODS.find(([words]) => words.test(ISO_UNITS[isoUnit] ?? unit));
  return period && `${Number(count) * period[2]} ${period[1]}`;
}
