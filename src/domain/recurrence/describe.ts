import { isDay } from "../dates/due-date.ts";
import { hasCode } from "../errors.ts";
import { type DayWords, describeDays } from "./describe/days.ts";
import { joinWithAnd, nameDate, nameTime } from "./describe/names.ts";
import { completeRule, rephraseRule } from "./describe/rephrase-rule.ts";
import { timesOfDay } from "./expand.ts";
import { readOccurrence } from "./occurrence.ts";
import { type Frequency, parseRule, type Rule } from "./rule.ts";
import type { Mode, Series } from "./series.ts";

/** A series, and the time zone if it is to be named. */
export type Described = Pick<Series, "mode" | "rule" | "start"> & { readonly zone?: string };

/** A rule as it is described, with its cycle and its days in words. */
type Phrase = { readonly rule: Rule; readonly cycle: string; readonly days: DayWords };

const UNITS = {
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
} satisfies Record<Frequency, string>;

const MODE_WORDS = {
  due: "",
  done: " after completion",
  each: " keeping missed",
} satisfies Record<Mode, string>;

const LAST_MINUTE = 1439;

/** More times of a day would fill a page, and a server's answer: another program can have a rule for each minute. */
const MAX_TIMES = 24;

/**
 * How a task repeats, in words that `parseEvery` reads as the same rule: `every 2 weeks on Mon and Thu at 8:00`. Other programs
 * write rules that no such words say. Those are described in others, or by the rule itself.
 */
export function describeRule(series: Described): string {
  const phrase = findPhrase(series);
  if (phrase === undefined || timesOfDay(phrase.rule, readOccurrence(series.start)).length > MAX_TIMES) {
    return `by the rule ${series.rule}${MODE_WORDS[series.mode]}`;
  }
  const { rule, cycle, days } = phrase;
  const isEachWorkday = days.words === "workdays" && rule.interval === 1;
  const repeated = isEachWorkday ? "workday" : days.words === "" ? cycle : `${cycle} on ${days.article}${days.words}`;
  return `every ${repeated}${describeTimes(rule, series)}${MODE_WORDS[series.mode]}${describeEnd(rule)}`;
}

/** The same for a list, in a few words and without times and end: `every Mon`, `every 16th`, `every 2 weeks`. */
export function describeRuleBriefly(series: Described): string {
  const phrase = findPhrase(series);
  if (phrase === undefined) return "by a rule";
  const { rule, cycle, days } = phrase;
  // "every 13th Fri" would be one of a month.
  const isOfYear = rule.freq === "YEARLY" && rule.byMonth.length === 0;
  if (days.words === "" || rule.interval > 1 || isOfYear) return `every ${cycle}`;
  return `every ${days.words === "workdays" ? "workday" : days.words}`;
}

/** Undefined for a rule that has no words, or that another version wrote. */
function findPhrase({ mode, rule: text, start }: Described): Phrase | undefined {
  const read = readRule(text);
  if (read === undefined) return undefined;
  const first = readOccurrence(start);
  // Counted from completion, the first day says nothing of the next one.
  const rule = rephraseRule(mode === "done" ? read : completeRule(read, first.day));
  const days = describeDays(rule);
  // BYSETPOS picks a time of a day as well.
  if (days === undefined || (rule.bySetPos.length > 0 && timesOfDay(rule, first).length > 1)) return undefined;
  const unit = UNITS[rule.freq];
  return { rule, cycle: rule.interval === 1 ? unit : `${rule.interval} ${unit}s`, days };
}

function readRule(text: string): Rule | undefined {
  try {
    return parseRule(text);
  } catch (error) {
    if (hasCode(error, "invalid_input")) return undefined;
    throw error;
  }
}

function describeTimes(rule: Rule, { start, zone }: Described): string {
  if (isDay(start)) return "";
  const times = timesOfDay(rule, readOccurrence(start)).map(nameTime);
  return ` at ${joinWithAnd(times)}${zone === undefined ? "" : ` (${zone})`}`;
}

function describeEnd({ until, count }: Rule): string {
  if (count !== undefined) return `, ${count} ${count === 1 ? "time" : "times"}`;
  if (until === undefined) return "";
  const { day, minute = LAST_MINUTE } = until;
  return ` until ${nameDate(day)}${minute === LAST_MINUTE ? "" : ` ${nameTime(minute)}`}`;
}
