import { findDueState } from "./due-groups.ts";
import { formatReminder } from "./reminder-words.ts";
import { isDay } from "./due-date.ts";
import type { LocalTime } from "./local-time.ts";
import { escapeControls } from "../escape.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS_OF_A_WEEK = 7;
const MINUTE_MS = 60_000;

/**
 * A due date as people read it: `Fri 27 Nov`, with the year unless it is this one, with the local time of a moment.
 */
export function formatDue(due: string, system: LocalTime): string {
  return isDay(due) ? readable(due, () => formatDay(Temporal.PlainDate.from(due), system)) : formatMoment(due, system);
}

/** The same, and in words what colours tell too: `Thu 19 Nov (overdue)`, `Fri 20 Nov 17:00 (today)`. */
export function describeDue(due: string, system: LocalTime): string {
  const state = findDueState(due, system);
  return state === "later" ? formatDue(due, system) : `${formatDue(due, system)} (${state})`;
}

/**
 * A due date in few columns: `3 days ago`, `today 17:00`, `tomorrow`, `Mon 09:30` within a week, `Fri 4 Dec`,
 * `1 Mar 2027`. What is past is overdue. A time that is more than six days away is left out.
 */
export function formatDueBriefly(due: string, system: LocalTime): string {
  return readable(due, () => {
    const { day, time } = readLocal(due, system);
    if (findDueState(due, system) === "overdue") return formatLateness(due, day, system);
    const days = daysUntil(day, system);
    if (days < 2) return `${days === 0 ? "today" : "tomorrow"}${time}`;
    return days < DAYS_OF_A_WEEK && time !== "" ? `${formatWeekday(day)}${time}` : formatShortDay(day, system);
  });
}

/** The day of something past in few columns: `today`, `Thu 19 Nov`, `1 Mar 2025`. */
export function formatPastDay(moment: string, system: LocalTime): string {
  return readable(moment, () => {
    const { day } = readLocal(moment, system);
    return daysUntil(day, system) === 0 ? "today" : formatShortDay(day, system);
  });
}

/** A moment in the user's time zone: `Fri 27 Nov 17:00`. */
export function formatMoment(moment: string, system: LocalTime): string {
  return readable(moment, () => {
    const { day, time } = readLocal(moment, system);
    return `${formatDay(day, system)}${time}`;
  });
}

/** A reminder in words: `30 min before`, `Fri 27 Nov 17:00`. */
export function describeReminder(trigger: string, system: LocalTime): string {
  return formatReminder(trigger) ?? formatMoment(trigger, system);
}

/** A moment on the user's clock, with the whole date: `2026-11-27 17:00`. */
export function formatClock(moment: string, system: LocalTime): string {
  return readable(moment, () =>
    toLocal(moment, system).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " "),
  );
}

/** A due date that can be typed again, a moment in the user's time zone: `2026-11-27` or `2026-11-27 17:00+01:00`. */
export function formatLocalMoment(due: string, system: LocalTime): string {
  if (isDay(due)) return escapeControls(due);
  return readable(due, () => {
    const local = toLocal(due, system);
    const time = local.toPlainTime().toString({ smallestUnit: local.second === 0 ? "minute" : "second" });
    return `${local.toPlainDate().toString()} ${time}${local.offset}`;
  });
}

/**
 * The text that `format` makes of a date, or the date itself if it can't be read. Servers, files and other versions
 * write dates too, and one of them must not hide a whole list.
 */
function readable(date: string, format: () => string): string {
  try {
    return format();
  } catch (error) {
    if (error instanceof RangeError) return escapeControls(date);
    throw error;
  }
}

function toLocal(moment: string, system: LocalTime): Temporal.ZonedDateTime {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(system.timeZone());
}

/** A day, and the time of a moment behind a space. Throws RangeError if it can't be read. */
function readLocal(date: string, system: LocalTime): { readonly day: Temporal.PlainDate; readonly time: string } {
  if (isDay(date)) return { day: Temporal.PlainDate.from(date), time: "" };
  const local = toLocal(date, system);
  return { day: local.toPlainDate(), time: ` ${local.toPlainTime().toString({ smallestUnit: "minute" })}` };
}

/** Days, and hours or minutes if it was today. */
function formatLateness(due: string, day: Temporal.PlainDate, system: LocalTime): string {
  const days = -daysUntil(day, system);
  if (days > 0) return days === 1 ? "yesterday" : `${days} days ago`;
  const minutes = Math.floor((system.now() - Date.parse(due)) / MINUTE_MS);
  return minutes < 60 ? `${Math.max(1, minutes)} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

function daysUntil(day: Temporal.PlainDate, system: LocalTime): number {
  return Temporal.PlainDate.from(system.today()).until(day).days;
}

function formatDay(day: Temporal.PlainDate, system: LocalTime): string {
  return `${formatWeekday(day)} ${formatDate(day, system)}`;
}

/** The weekday or the year: one of both is enough to know the day. */
function formatShortDay(day: Temporal.PlainDate, system: LocalTime): string {
  return isThisYear(day, system) ? formatDay(day, system) : formatDate(day, system);
}

function formatWeekday(day: Temporal.PlainDate): string {
  return WEEKDAYS[day.dayOfWeek - 1] ?? "";
}

/** A day without its weekday: `27 Nov`, `1 Mar 2027`. */
export function formatDate(day: Temporal.PlainDate, system: LocalTime): string {
  return `${day.day} ${MONTHS[day.month - 1]}${isThisYear(day, system) ? "" : ` ${day.year}`}`;
}

function isThisYear(day: Temporal.PlainDate, system: LocalTime): boolean {
  return String(day.year) === system.today().slice(0, 4);
}

/** A day as a heading: `Today`, `Tomorrow`, `Yesterday`, else `Fri 27 Nov`. */
export function formatDayName(day: string, system: LocalTime): string {
  return readable(day, () => {
    const date = Temporal.PlainDate.from(day);
    const names = new Map([
      [-1, "Yesterday"],
      [0, "Today"],
      [1, "Tomorrow"],
    ]);
    return names.get(daysUntil(date, system)) ?? formatDay(date, system);
  });
}

/** The time of a moment, `17:00`, or nothing for a day. */
export function formatTime(date: string, system: LocalTime): string {
  return readable(date, () => readLocal(date, system).time.trim());
}
