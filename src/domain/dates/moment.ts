import { checkYear, orNoSuchDay } from "./calendar.ts";
import { parseDay } from "./day.ts";
import { formatMoment } from "./due-date.ts";
import { TodoError } from "../errors.ts";
import type { LocalTime } from "./local-time.ts";
import { addToDueDate, CLOCK_UNIT, readAgo, readOffset, splitOffset } from "./offset.ts";
import { parseTime, splitTime, type TimedText } from "./time-of-day.ts";
import { refuseUnsignedTime } from "./unclear.ts";

const ISO_DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/;
const FROM_NOW = new RegExp(`^(?:in an? |in (\\d+) ?|([+-]\\d+) ?)${CLOCK_UNIT}$`);
const BEFORE_NOW = new RegExp(`^(an?|\\d+) ?${CLOCK_UNIT} ago$`);

const TONIGHT = "20:00";
const NOON_HOUR = 12;

/**
 * The due date of a text that gives a time of day, or undefined if it is no way to write one. Expects what `parseDay`
 * expects and does not know. Throws `invalid_input` as `parseDay` does.
 */
export function parseMoment(text: string, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  if (text === "now") return toStored(readNow(system));
  if (text === "tonight") return readTonight(today, system);
  const dateTime = ISO_DATE_TIME.exec(text);
  if (dateTime !== null) return readDateTime(dateTime, today, system);
  const fromNow = FROM_NOW.exec(text);
  if (fromNow !== null) return orNoSuchDay(text, () => readFromNow(fromNow, system));
  const beforeNow = BEFORE_NOW.exec(text);
  if (beforeNow !== null) return orNoSuchDay(text, () => readBeforeNow(beforeNow, system));
  refuseUnsignedTime(text);
  const timed = splitTime(text);
  return timed ? readTimed(timed, today, system) : readMomentSum(text, today, system);
}

/** A moment and what is added to it: `friday 17:00+2h`. */
function readMomentSum(text: string, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  const sum = splitOffset(text);
  const moment = sum && parseMoment(sum.before, today, system);
  return moment && orNoSuchDay(text, () => addToDueDate(moment, sum.offset, system));
}

function readNow(system: LocalTime): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(system.now());
}

/** This evening while it is ahead. Later the whole day is meant: what is due tonight is not overdue at once. */
function readTonight(today: Temporal.PlainDate, system: LocalTime): string {
  const moment = today.toZonedDateTime({ timeZone: system.timeZone(), plainTime: TONIGHT });
  return moment.epochMilliseconds > system.now() ? toStored(moment.toInstant()) : today.toString();
}

function readFromNow([, count, signed, unit = ""]: RegExpExecArray, system: LocalTime): string {
  return addToDueDate(formatMoment(readNow(system)), readOffset(count ?? signed ?? "1", unit), system);
}

function readBeforeNow([, count = "", unit = ""]: RegExpExecArray, system: LocalTime): string {
  return addToDueDate(formatMoment(readNow(system)), readAgo(count, unit), system);
}

function readDateTime(match: RegExpExecArray, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  const [, date = "", clock = "", offset] = match;
  const day = parseDay(date, today);
  const time = parseTime(clock);
  if (offset === undefined) return day && toMoment(day, time, system);
  return toStored(Temporal.Instant.from(`${date}T${time.toString()}${offset.toUpperCase()}`));
}

function readTimed(timed: TimedText, today: Temporal.PlainDate, system: LocalTime): string | undefined {
  if (timed.day === "") return nextMoment(parseTime(timed.time), today, system);
  const isTonight = timed.day === "tonight";
  const day = isTonight ? today : parseDay(timed.day, today);
  if (day === undefined) return undefined;
  if (timed.time === "midnight") {
    throw new TodoError("invalid_input", "a day has a midnight at both ends, write 0:00 of the day that begins then");
  }
  const time = parseTime(timed.time);
  if (isTonight && time.hour < NOON_HOUR) {
    throw new TodoError("invalid_input", "tonight is after noon, write 21:00 or 9pm");
  }
  return toMoment(day, time, system);
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
