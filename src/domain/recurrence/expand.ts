import { modulo, toDays } from "./civil.ts";
import { daysOfPeriod } from "./period-days.ts";
import { firstDayOfPeriod, periodOf, periodsOfCycle } from "./period.ts";
import type { Rule } from "./rule.ts";
import { sortUnique } from "./rule-values.ts";

/** A moment in local time: days since 1970-01-01, and the minute of the day. */
export type LocalMoment = { readonly day: number; readonly minute: number };

const DAY_MINUTES = 1440;

/** A due date has four digits for its year. */
const LAST_DAY = toDays(9999, 12, 31);

/**
 * The occurrences of a rule in their order, from the start of its series or from a later moment. The start is one only if
 * the rule picks it. Without COUNT, what is before `from` is jumped over and not looked at.
 */
export function* expandRule(rule: Rule, start: LocalMoment, from: LocalMoment = start): Generator<LocalMoment> {
  const wanted = toMinutes(from);
  const last = lastMinute(rule);
  let counted = 0;
  for (const minutes of walkOccurrences(rule, start, from)) {
    if (minutes > last) return;
    if (minutes >= wanted) yield { day: Math.floor(minutes / DAY_MINUTES), minute: modulo(minutes, DAY_MINUTES) };
    counted += 1;
    if (counted === rule.count) return;
  }
}

/** The occurrences as minutes since 1970. It ends once as many periods are empty as there are different ones. */
function* walkOccurrences(rule: Rule, start: LocalMoment, from: LocalMoment): Generator<number> {
  const isJump = rule.count === undefined && toMinutes(from) > toMinutes(start);
  const times = timesOfDay(rule, start);
  // SKIP can move a day out of its period, to the day before or after it.
  const lastDay = Math.floor(lastMinute(rule) / DAY_MINUTES);
  // SKIP can move a day into the period after its own, so the walk begins one earlier.
  let index = isJump ? Math.max(0, periodOf(rule, start.day, from.day) - 1) : 0;
  // The first two and what is before them may have days that are too early.
  const mostEmpty = periodsOfCycle(rule) + 2;
  let next = toMinutes(isJump ? from : start);
  for (let empty = 0; empty < mostEmpty; empty += 1, index += 1) {
    const first = firstDayOfPeriod(rule, start.day, index);
    if (first > lastDay + 1) return;
    for (const minutes of pickMoments(daysOfPeriod(rule, start.day, first), times, rule.bySetPos, next)) {
      // SKIP can move days of two periods to the same one, which occurs once.
      if (minutes < next) continue;
      yield minutes;
      next = minutes + 1;
      empty = -1;
    }
  }
}

/** The moments of a period as minutes since 1970. Days that are wholly before `next` may be left out. */
function* pickMoments(
  days: readonly number[],
  times: readonly number[],
  positions: readonly number[],
  next: number,
): Generator<number> {
  if (positions.length > 0) {
    for (const index of pickIndexes(positions, days.length * times.length)) {
      const day = days[Math.floor(index / times.length)] ?? 0;
      yield day * DAY_MINUTES + (times[index % times.length] ?? 0);
    }
    return;
  }
  for (const day of days) {
    if ((day + 1) * DAY_MINUTES <= next) continue;
    for (const time of times) yield day * DAY_MINUTES + time;
  }
}

/** The places in a list that BYSETPOS means: 1 is the first, -1 the last. */
function pickIndexes(positions: readonly number[], length: number): number[] {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : length + position));
  return sortUnique(indexes.filter((index) => index >= 0 && index < length));
}

/** The minutes of a day at which the rule occurs, in their order. */
export function timesOfDay({ byHour, byMinute }: Rule, { minute }: LocalMoment): number[] {
  const hours = byHour.length > 0 ? byHour : [Math.floor(minute / 60)];
  const minutes = byMinute.length > 0 ? byMinute : [minute % 60];
  return hours.flatMap((hour) => minutes.map((each) => hour * 60 + each));
}

/** The last minute at which the rule may occur. */
function lastMinute({ until }: Rule): number {
  const day = Math.min(until?.day ?? LAST_DAY, LAST_DAY);
  return toMinutes({ day, minute: until?.minute ?? DAY_MINUTES - 1 });
}

function toMinutes({ day, minute }: LocalMoment): number {
  return day * DAY_MINUTES + minute;
}
