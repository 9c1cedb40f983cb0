import { eachWeekday, isSometimesMissing, sortOrdinals, WORKDAYS } from "../every/pattern.ts";
import type { Rule } from "../rule.ts";
import type { RuleWeekday } from "../rule-values.ts";
import { joinWithAnd, nameMonth, nameOrdinal, nameWeekday } from "./names.ts";
import { hasNoDays } from "./rephrase-rule.ts";

/** Every month has so many days, so that these can be counted from its end too. */
const MAX_DAYS_FROM_END = 28;

/** The days of a rule in words: `Mon and Thu`, `last workday`, `27 Jan`. `article` stands between `on` and the words. */
export type DayWords = { readonly article: "the " | ""; readonly words: string };

/** The days that a rule names, none if it names none. Undefined if there are no plain words for them. */
export function describeDays(rule: Rule): DayWords | undefined {
  if (hasNoDays(rule)) return mayLeaveOut(rule) ? undefined : plain("");
  if (rule.byYearDay.length > 0 || (rule.byMonthDay.length > 0 && rule.byDay.length > 0)) return undefined;
  if (rule.freq === "DAILY") return undefined;
  if (rule.freq === "WEEKLY") return describeWeekdays(rule);
  return rule.byMonthDay.length > 0 ? describeMonthDays(rule) : describeNthDays(rule);
}

/** True if months pass without the day of completion, where they lack it. */
function mayLeaveOut({ freq, skip }: Rule): boolean {
  return (freq === "MONTHLY" || freq === "YEARLY") && skip !== "BACKWARD";
}

function describeWeekdays({ byDay, byMonth, bySetPos, ...rule }: Rule): DayWords | undefined {
  if (byMonth.length > 0 || bySetPos.length > 0 || isSplitByWeek({ byDay, ...rule })) return undefined;
  return plain(isWorkdays(byDay) ? "workdays" : joinWithAnd(weekdaysOf(byDay).map(nameWeekday)));
}

/** True if the days of one week here are in two weeks of the rule, whose week begins on another day. */
function isSplitByWeek({ byDay, interval, wkst }: Pick<Rule, "byDay" | "interval" | "wkst">): boolean {
  const weeks = new Set(byDay.map(({ weekday }) => weekday < wkst));
  return interval > 1 && weeks.size > 1;
}

function describeMonthDays({ byMonth, byMonthDay, bySetPos, skip }: Rule): DayWords | undefined {
  const isMissing = isSometimesMissing(byMonth, byMonthDay);
  const isMovedAtStart = isMissing && Math.min(...byMonthDay) < -MAX_DAYS_FROM_END;
  if (bySetPos.length > 0 || (isMissing && skip === "FORWARD") || (skip === "BACKWARD" && isMovedAtStart)) {
    return undefined;
  }
  const ending = isMissing && skip === "OMIT" ? " if there is one" : "";
  const [day = 0, ...others] = byMonthDay;
  const [month, ...otherMonths] = byMonth;
  if (month !== undefined && otherMonths.length === 0 && others.length === 0 && day > 0) {
    return plain(`${day} ${nameMonth(month)}${ending}`);
  }
  const isFromEnd = byMonthDay.some((each) => each < 0);
  const ordinals = joinWithAnd(sortOrdinals(byMonthDay).map(nameOrdinal));
  return counted(`${ordinals}${isFromEnd ? " day" : ""}${nameMonths(byMonth)}${ending}`);
}

/** `3rd Fri`, `last workday`. BYSETPOS counts in the whole period, so in years it is only described for one month. */
function describeNthDays({ byDay, byMonth, bySetPos }: Rule): DayWords | undefined {
  if (bySetPos.length === 0) {
    const isCounted = byDay.length > 0 && byDay.every(({ ordinal }) => ordinal !== 0);
    return isCounted ? counted(nameNthWeekdays(byDay) + nameMonths(byMonth)) : undefined;
  }
  if (byMonth.length > 1 || byDay.some(({ ordinal }) => ordinal !== 0)) return undefined;
  const ordinals = joinWithAnd(sortOrdinals(bySetPos).map(nameOrdinal));
  if (isWorkdays(byDay)) return counted(`${ordinals} workday${nameMonths(byMonth)}`);
  const [only, ...others] = byDay;
  if (only === undefined || others.length > 0) return undefined;
  return counted(`${ordinals} ${nameWeekday(only.weekday)}${nameMonths(byMonth)}`);
}

/** `1st and 3rd Mon` if the same weekdays have each ordinal, else `1st Mon and 3rd Tue`. */
function nameNthWeekdays(byDay: readonly RuleWeekday[]): string {
  const ordinals = sortOrdinals(byDay.map(({ ordinal }) => ordinal));
  const weekdays = weekdaysOf(byDay);
  if (byDay.length === ordinals.length * weekdays.length) {
    return `${joinWithAnd(ordinals.map(nameOrdinal))} ${joinWithAnd(weekdays.map(nameWeekday))}`;
  }
  return joinWithAnd(byDay.map(({ ordinal, weekday }) => `${nameOrdinal(ordinal)} ${nameWeekday(weekday)}`));
}

function nameMonths(months: readonly number[]): string {
  return months.length === 0 ? "" : ` of ${joinWithAnd(months.map(nameMonth))}`;
}

function weekdaysOf(byDay: readonly RuleWeekday[]): number[] {
  return eachWeekday(byDay.map(({ weekday }) => weekday)).map(({ weekday }) => weekday);
}

function isWorkdays(byDay: readonly RuleWeekday[]): boolean {
  return byDay.every(({ ordinal }) => ordinal === 0) && weekdaysOf(byDay).join() === WORKDAYS.join();
}

function plain(words: string): DayWords {
  return { article: "", words };
}

function counted(words: string): DayWords {
  return { article: "the ", words };
}
