import { isDay } from "../dates/due-date.ts";
import { TodoError } from "../errors.ts";
import { readEndings, UNTIL_WORDS } from "./every/endings.ts";
import { createReader, refuse, take } from "./every/reader.ts";
import { readPattern } from "./every/read-pattern.ts";
import { writeRule } from "./every/write-rule.ts";
import { expandRule, type LocalMoment } from "./expand.ts";
import { dayOfOccurrence, formatOccurrence, readOccurrence } from "./occurrence.ts";
import { parseRule } from "./rule.ts";
import type { Mode } from "./series.ts";

/** What a person says of how a task repeats. */
export type Every = {
  readonly mode: Mode;
  /** The rule as RFC 5545 and RFC 7529 write it. */
  readonly rule: string;
  /** The first time of a day, `08:00`, if one was said. */
  readonly time?: string;
};

/**
 * What words such as `2 weeks on mon,thu` mean. `first` is the due date in local time, `2026-11-21` or `2026-11-21T09:00`,
 * or today: a day that the words leave out is that of `first`. `today` is where the day behind `until` is counted from.
 * Throws `invalid_input`, which shows the place, for a word that is not understood.
 */
export function parseEvery(text: string, first: string, today: string = dayOfOccurrence(first)): Every {
  const reader = createReader(text);
  take(reader, "every", "each");
  const isDone = take(reader, "!");
  const pattern = readPattern(reader);
  const endings = readEndings(reader, { today, isDone, isNthWorkday: pattern.bySetPos.length > 0 });
  const { mode = "due", times = [] } = endings;
  const [time] = times;
  const every: Every = { mode, rule: writeRule(pattern, endings, first), ...(time !== undefined && { time }) };
  if (findFirst(every, first) === undefined) {
    const at = reader.tokens.findIndex(({ word }) => UNTIL_WORDS.includes(word));
    refuse(reader, { at, message: "it ends before the first day", advice: [] });
  }
  return every;
}

/**
 * The first occurrence on or after a day, or from a local date-time on. The series begins there, and its interval is counted
 * from there: what repeats every second week may begin in this one. Throws `invalid_input` if there is none.
 */
export function firstOccurrence(every: Every, from: string): string {
  const found = findFirst(every, from);
  if (found === undefined) throw new TodoError("invalid_input", `every: it ends before ${from}`);
  return formatOccurrence(found, every.time !== undefined || !isDay(from));
}

function findFirst({ rule, time }: Every, from: string): LocalMoment | undefined {
  const { count: _, ...endless } = parseRule(rule);
  const begin = readOccurrence(from);
  const start = time === undefined ? begin : readOccurrence(`${dayOfOccurrence(from)}T${time}`);
  const [first] = expandRule({ ...endless, interval: 1 }, start, begin).take(1);
  return first;
}
