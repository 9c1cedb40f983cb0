import { fromDays, weekdayOf } from "../civil.ts";
import { eachWeekday } from "../every/pattern.ts";
import type { Rule } from "../rule.ts";

/** True if the rule leaves its days to the first one. */
export function hasNoDays(rule: Rule): boolean {
  return [rule.byMonth, rule.byYearDay, rule.byMonthDay, rule.byDay, rule.bySetPos].every((days) => days.length === 0);
}

/** The same rule with the days that it leaves to the first one, which is a number of days since 1970. */
export function completeRule(rule: Rule, first: number): Rule {
  const { month, day } = fromDays(first);
  if ([rule.byDay, rule.byMonthDay, rule.byYearDay].some((days) => days.length > 0)) return rule;
  switch (rule.freq) {
    case "DAILY":
      return rule;
    case "WEEKLY":
      return { ...rule, byDay: eachWeekday([weekdayOf(first)]) };
    case "MONTHLY":
      return { ...rule, byMonthDay: [day] };
    case "YEARLY":
      return { ...rule, byMonth: rule.byMonth.length > 0 ? rule.byMonth : [month], byMonthDay: [day] };
  }
}

/** The same days in the terms that have words here. Other programs write weekdays as days, and months of the year as months. */
export function rephraseRule(rule: Rule): Rule {
  if (rule.interval > 1) return rule;
  if (rule.freq === "DAILY" && rule.byDay.length > 0) return { ...rule, freq: "WEEKLY" };
  const isYearly = rule.byMonth.length === 1 || (rule.byMonth.length > 1 && rule.bySetPos.length === 0);
  return rule.freq === "MONTHLY" && isYearly ? { ...rule, freq: "YEARLY" } : rule;
}
