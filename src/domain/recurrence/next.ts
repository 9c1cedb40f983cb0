import { formatMoment, isDay } from "../dates/due-date.ts";
import { parseDay, toDays } from "./civil.ts";
import { expandRule, type LocalMoment } from "./expand.ts";
import { dayOfOccurrence, formatOccurrence, laterOf, readOccurrence } from "./occurrence.ts";
import { periodOf } from "./period.ts";
import { parseRule } from "./rule.ts";
import type { Series } from "./series.ts";

/** A time on the day after it can be in the year 10000 in UTC, which no due date can have. */
const LAST_TIMED_DAY = toDays(9999, 12, 30);

export type Position = {
  /** The occurrence that is over. It is never the next one. */
  readonly after: string;
  /** The local day. For a series with times it may be a local time, and what was due earlier on that day is over too. */
  readonly today: string;
  /** Whether an occurrence was done or skipped before. */
  readonly isTaken: (occurrence: string) => boolean;
};

/** The occurrence that follows, or null if there is none. */
export function nextOccurrence(series: Series, { after, today, isTaken }: Position): string | null {
  for (const occurrence of listFollowing(series, after, today)) {
    if (occurrence !== after && !isTaken(occurrence)) return occurrence;
  }
  return null;
}

/**
 * The occurrences that a series passed over on its way to the next one, at most `limit`. Only the mode `due` passes over
 * any.
 */
export function missedBetween(
  series: Series,
  span: { readonly after: string; readonly next: string | null; readonly limit: number },
  isTaken: (occurrence: string) => boolean,
): string[] {
  const missed: string[] = [];
  if (series.mode !== "due") return missed;
  for (const occurrence of listFrom(series, span.after)) {
    if ((span.next !== null && occurrence >= span.next) || missed.length === span.limit) break;
    if (occurrence !== span.after && !isTaken(occurrence)) missed.push(occurrence);
  }
  return missed;
}

/**
 * The occurrences from a day to another, both included, at most `limit`. A series that is counted from completion has
 * none, because its next one depends on a day that is to come.
 */
export function occurrencesBetween(series: Series, from: string, to: string, limit: number): string[] {
  const found: string[] = [];
  if (series.mode === "done") return found;
  for (const occurrence of listFrom(series, from)) {
    if (occurrence.slice(0, to.length) > to || found.length === limit) break;
    found.push(occurrence);
  }
  return found;
}

/** True if another occurrence comes between today and this one, so that few would mean it when they name none. */
export function isFarAhead(series: Series, occurrence: string, today: string): boolean {
  if (series.mode === "done") return false;
  for (const next of listBehind(series, today)) return next < occurrence;
  return false;
}

/** When an occurrence is due: its day, or the moment of its local time. A time that the clocks skip moves with them. */
export function dueDateOf({ zone }: Series, occurrence: string): string {
  if (zone === null || isDay(occurrence)) return dayOfOccurrence(occurrence);
  return formatMoment(Temporal.PlainDateTime.from(occurrence).toZonedDateTime(zone).toInstant());
}

/** A moment as a series counts it: the local time in its zone, or the day in UTC if it has none. */
export function localTimeOf({ zone }: Pick<Series, "zone">, moment: string): string {
  if (zone === null) return dayOfOccurrence(moment);
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: "minute", roundingMode: "trunc" });
}

/** What can come next, in its order. */
function listFollowing(series: Series, after: string, today: string): Iterable<string> {
  switch (series.mode) {
    case "due":
      return listBehind(series, laterOf(after, today));
    case "each":
      return listBehind(series, after);
    case "done":
      return listFromCompletion(series, today);
  }
}

function* listBehind(series: Series, bound: string): Generator<string> {
  for (const occurrence of listFrom(series, bound)) {
    if (occurrence > bound) yield occurrence;
  }
}

function listFrom(series: Series, from: string): Iterable<string> {
  return listMoments(series, readOccurrence(series.start), readOccurrence(from));
}

/** The occurrences of the rule if the day of completion were its start. That day itself is over. */
function* listFromCompletion(series: Series, today: string): Generator<string> {
  const rule = parseRule(series.rule);
  const start = { day: parseDay(dayOfOccurrence(today)), minute: readOccurrence(series.start).minute };
  const bound = laterOf(today, formatOccurrence(start, series.zone !== null));
  for (const occurrence of listMoments(series, start, start)) {
    // "3 weeks on Saturday", done on a Wednesday, is not due three days later: the week of completion is over too.
    const isPeriodOver = rule.interval === 1 || periodOf(rule, start.day, readOccurrence(occurrence).day) > 0;
    if (occurrence > bound && isPeriodOver) yield occurrence;
  }
}

function* listMoments({ rule, zone }: Series, start: LocalMoment, from: LocalMoment): Generator<string> {
  for (const moment of expandRule(parseRule(rule), start, from)) {
    if (zone !== null && moment.day > LAST_TIMED_DAY) return;
    yield formatOccurrence(moment, zone !== null);
  }
}
