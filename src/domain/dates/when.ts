import { checkYear, parseDay } from "./calendar.ts";
import { formatMoment, isDay } from "./due-date.ts";
import { TodoError } from "../errors.ts";
import { quoteShort } from "../task/text.ts";
import type { Bound } from "../query/query.ts";
import type { LocalTime } from "./local-time.ts";
import { parseTime, splitTime, type TimedText } from "./time-of-day.ts";

const ISO_DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/;

/** Sorts after every due date, day or moment. The year 10000 would sort before them all: ISO 8601 writes it `+010000`. */
const AFTER_ALL = "9999-12-31T24:00:00Z";

const HINT =
  "Write a day such as 2026-11-21, tomorrow, friday, 21 nov, +3d or eom, a time such as 17:00 or 5pm, or both: friday 17:00.";

/**
 * The due date that a person means, as it is stored: a calendar day, or a moment in UTC if a time of day was given.
 * `docs/decisions/0003-own-date-grammar.md` lists the grammar. Words are read in the user's time zone. A local time
 * that a change of daylight-saving time skips moves forward. One that it repeats is the first of the two. Throws
 * `invalid_input` if a part of the text is not understood, or if it names a day or time that does not exist.
 */
export function parseWhen(text: string, system: LocalTime): string {
  const due = withReason(text, () => readWhen(text.trim().toLowerCase().replace(/\s+/g, " "), system));
  if (due === undefined) throw notADate(text);
  return due;
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

function readWhen(text: string, system: LocalTime): string | undefined {
  const today = Temporal.PlainDate.from(system.today());
  const day = parseDay(text, today);
  if (day !== undefined) return day.toString();
  const match = ISO_DATE_TIME.exec(text);
  if (match !== null) return readDateTime(match, today, system);
  const timed = splitTime(text);
  return timed && readTimed(timed, today, system);
}

function readDateTime(match: RegExpExecArray, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  const [, date = "", clock = "", offset] = match;
  const day = parseDay(date, today);
  const time = parseTime(clock);
  if (offset === undefined) return day && toMoment(day, time, system);
  return toStored(Temporal.Instant.from(`${date}T${time.toString()}${offset.toUpperCase()}`));
}

function readTimed(timed: TimedText, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  if (timed.before === "") return nextMoment(parseTime(timed.time), today, system);
  const day = parseDay(timed.before, today);
  if (day === undefined) return undefined;
  if (timed.time === "midnight") {
    throw new TodoError("invalid_input", "a day has a midnight at both ends, write 0:00 of the day that begins then");
  }
  return toMoment(day, parseTime(timed.time), system);
}

/** Today at this time if that is still ahead, else tomorrow. */
function nextMoment(time: Temporal.PlainTime, today: Temporal.PlainDate, system: LocalTime): string {
  const zone = system.timeZone();
  const moment = today.toZonedDateTime({ timeZone: zone, plainTime: time });
  if (moment.epochMilliseconds > system.now()) return toStored(moment.toInstant());
  return toMoment(today.add({ days: 1 }), time, system);
}

function toMoment(day: Temporal.PlainDate, time: Temporal.PlainTime, system: LocalTime): string {
  return toStored(day.toZonedDateTime({ timeZone: system.timeZone(), plainTime: time }).toInstant());
}

function toStored(instant: Temporal.Instant): string {
  checkYear(instant.toZonedDateTimeISO("UTC").year);
  return formatMoment(instant);
}

function sortable(due: string): string {
  return due.startsWith("+") ? AFTER_ALL : due;
}

/** Puts the whole text in front of the reason why one part of it was refused. */
function withReason(text: string, read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TodoError) throw notADate(text, error.message);
    throw error;
  }
}

function notADate(text: string, reason?: string): TodoError {
  const named = quoteShort(text);
  const message = reason === undefined ? `${named} is not a date` : `${named} is not a date: ${reason}`;
  return new TodoError("invalid_input", message, { hints: [HINT] });
}
