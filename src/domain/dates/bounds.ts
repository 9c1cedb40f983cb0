import type { Bound } from "../query/query.ts";
import { countCodePoints } from "../task/text.ts";
import { formatMoment, isDay } from "./due-date.ts";
import type { LocalTime } from "./local-time.ts";

/** The length of a calendar day. */
const DAY_LENGTH = 10;
const SECOND_MS = 1000;
/** Sorts after every due date, day or moment. The year 10000 would sort before them all: ISO 8601 writes it `+010000`. */
const AFTER_ALL = "9999-12-31T24:00:00Z";

/** What a date is compared with: a day with a day, and all else with a moment. The same for what is no date at all. */
export function chooseBound(date: string, { day, moment }: Bound): string {
  return countCodePoints(date) === DAY_LENGTH ? day : moment;
}

/** A moment as those are stored that have milliseconds. */
export function withMillis(moment: string): string {
  return moment.replace(/(:\d\d)Z$/, "$1.000Z");
}

/**
 * The beginning of a due date (`start`) or its end (`end`, the next day), for comparing it with other due dates. A
 * moment has only one edge. Expects a due date as `parseWhen` returns it.
 */
export function toBound(due: string, edge: "start" | "end", system: Pick<LocalTime, "timeZone">): Bound {
  const zone = system.timeZone();
  if (!isDay(due)) {
    const day = Temporal.Instant.from(due).toZonedDateTimeISO(zone).toPlainDate();
    const moment = edge === "end" ? formatMoment(Temporal.Instant.from(due).add({ seconds: 1 })) : due;
    return { day: sortable(day.toString()), moment: sortable(moment) };
  }
  const day = Temporal.PlainDate.from(due).add({ days: edge === "end" ? 1 : 0 });
  const midnight = day.toZonedDateTime(zone).toInstant();
  return { day: sortable(day.toString()), moment: sortable(formatMoment(midnight)) };
}

/** Now, for comparing it with due dates: what is before it is overdue. Due moments are whole seconds. */
export function boundOfNow(system: Pick<LocalTime, "now" | "today">): Bound {
  const nextSecond = Math.ceil(system.now() / SECOND_MS) * SECOND_MS;
  return { day: system.today(), moment: new Date(nextSecond).toISOString() };
}

function sortable(due: string): string {
  return due.startsWith("+") ? AFTER_ALL : due;
}
