import { parseDay, fromDays, weekdayOf } from "../civil.ts";
import { dayOfOccurrence } from "../occurrence.ts";
import { type RuleWeekday, WEEKDAYS } from "../rule-values.ts";
import type { Endings } from "./endings.ts";
import { type CycleDays, eachWeekday, isSometimesMissing, type Pattern } from "./pattern.ts";

/** The text of the rule. It is whole by itself: the day that is not said is that of `first`. */
export function writeRule(pattern: Pattern, endings: Endings, first: string): string {
  const days = endings.mode === "done" ? pattern : { ...pattern, ...implyDays(pattern, first) };
  const skips = skipsToLastDay(days);
  return [
    ...(skips ? ["RSCALE=GREGORIAN"] : []),
    `FREQ=${days.freq}`,
    ...(days.interval > 1 ? [`INTERVAL=${days.interval}`] : []),
    ...writeDays(days),
    ...writeEndings(endings),
    ...(skips ? ["SKIP=BACKWARD"] : []),
  ].join(";");
}

/** The days of the first occurrence, if the pattern names none. */
function implyDays(pattern: Pattern, first: string): Partial<CycleDays> {
  if (pattern.byDay.length > 0 || pattern.byMonthDay.length > 0) return {};
  const days = parseDay(dayOfOccurrence(first));
  const { month, day } = fromDays(days);
  switch (pattern.freq) {
    case "DAILY":
      return {};
    case "WEEKLY":
      return { byDay: eachWeekday([weekdayOf(days)]) };
    case "MONTHLY":
      return { byMonthDay: [day] };
    case "YEARLY":
      return { byMonth: [month], byMonthDay: [day] };
  }
}

/** True if a day is missing in some of its months. Then the last day of the month stands in for it (RFC 7529). */
function skipsToLastDay({ freq, byMonth, byMonthDay, byDay }: Pattern): boolean {
  if (freq === "DAILY" || freq === "WEEKLY" || byDay.length > 0) return false;
  // Counted from completion, the day can be any.
  return byMonthDay.length === 0 || isSometimesMissing(byMonth, byMonthDay);
}

function writeDays({ byMonth, byMonthDay, byDay, bySetPos }: CycleDays): string[] {
  return [
    ...writeList("BYMONTH", byMonth),
    ...writeList("BYMONTHDAY", byMonthDay),
    ...writeList("BYDAY", byDay.map(writeWeekday)),
    ...writeList("BYSETPOS", bySetPos),
  ];
}

function writeEndings({ times = [], until, count }: Endings): string[] {
  return [
    // A single time is that of the first occurrence.
    ...writeList("BYHOUR", times.length > 1 ? times.map((time) => Number(time.slice(0, 2))) : []),
    ...(until === undefined ? [] : [`UNTIL=${until.replaceAll("-", "")}`]),
    ...(count === undefined ? [] : [`COUNT=${count}`]),
  ];
}

function writeList(name: string, values: readonly (string | number)[]): string[] {
  return values.length === 0 ? [] : [`${name}=${values.join(",")}`];
}

function writeWeekday({ ordinal, weekday }: RuleWeekday): string {
  return `${ordinal === 0 ? "" : ordinal}${WEEKDAYS[weekday]}`;
}
