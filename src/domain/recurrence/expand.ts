import { modulo, toDays } from "./civil.ts";
import { daysOfPeriod } from "./period-days.ts";
import { countBefore, createPicker, DAY_MINUTES, dropBefore, type Moments } from "./period-moments.ts";
import { firstDayOfPeriod, paceOfWalk, periodOf, periodsOfCycle } from "./period.ts";
import type { Rule } from "./rule.ts";

/** A moment in local time: days since 1970-01-01, and the minute of the day. */
export type LocalMoment = { readonly day: number; readonly minute: number };

/** A due date has four digits for its year. */
const LAST_DAY = toDays(9999, 12, 31);

/**
 * The occurrences of a rule in their order, from the start of its series or from a later moment. The start is one of
 * them only if the rule picks it. Without COUNT, what is before `from` is jumped over and not looked at.
 */
export function* expandRule(rule: Rule, start: LocalMoment, from: LocalMoment = start): Generator<LocalMoment> {
  const wanted = toMinutes(from);
  const last = lastMinute(rule);
  let left = rule.count ?? Infinity;
  for (const moments of walkPeriods(rule, start, from)) {
    const early = countBefore(moments, wanted);
    left -= early;
    for (let index = early; index < moments.length; index += 1, left -= 1) {
      const minutes = moments.at(index);
      if (left <= 0 || minutes > last) return;
      yield { day: Math.floor(minutes / DAY_MINUTES), minute: modulo(minutes, DAY_MINUTES) };
    }
    if (left <= 0) return;
  }
}

/** The occurrences by period, without empty ones. It ends after the last day, or once too many in a row were empty. */
function* walkPeriods(rule: Rule, start: LocalMoment, from: LocalMoment): Generator<Moments> {
  const pace = paceOfWalk(rule);
  const pick = createPicker(rule, timesOfDay(rule, start));
  const lastDay = Math.floor(lastMinute(rule) / DAY_MINUTES);
  // SKIP can move a day to the one before or after its period, so the walk begins and ends one period further.
  const margin = rule.skip === "OMIT" ? 0 : 1;
  const isJump = rule.count === undefined && toMinutes(from) > toMinutes(start);
  let index = isJump ? Math.max(0, periodOf(pace, start.day, from.day) - margin) : 0;
  let next = toMinutes(isJump ? from : start);
  // Days of the first two periods can be too early, which says nothing of later ones.
  const maxEmpty = periodsOfCycle(rule) + 2;
  for (let empty = 0; empty < maxEmpty; empty += 1, index += 1) {
    const first = firstDayOfPeriod(pace, start.day, index);
    if (first > lastDay + margin) return;
    // Two periods can have the same day if SKIP moves one. It occurs once.
    const moments = dropBefore(pick(daysOfPeriod(rule, start.day, first)), next);
    if (moments.length === 0) continue;
    yield moments;
    next = moments.at(moments.length - 1) + 1;
    empty = -1;
  }
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
