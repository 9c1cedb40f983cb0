import { isDay } from "../../domain/dates/due-date.ts";
import type { System } from "../../ports/system.ts";
import { escapeControls } from "./escape.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A due date as people read it: `Fri 27 Nov`, with the year unless it is this one, with the local time of a moment.
 */
export function formatDue(due: string, system: System): string {
  if (!isDay(due)) return formatMoment(due, system);
  return readable(due, () => formatDay(Temporal.PlainDate.from(due), system));
}

/** A moment in the user's time zone: `Fri 27 Nov 17:00`. */
export function formatMoment(moment: string, system: System): string {
  return readable(moment, () => {
    const local = toLocal(moment, system);
    const time = local.toPlainTime().toString({ smallestUnit: "minute" });
    return `${formatDay(local.toPlainDate(), system)} ${time}`;
  });
}

/** A moment on the user's clock, with the whole date: `2026-11-27 17:00`. */
export function formatClock(moment: string, system: System): string {
  return readable(moment, () =>
    toLocal(moment, system).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " "),
  );
}

/** A due date that can be typed again, a moment in the user's time zone: `2026-11-27` or `2026-11-27 17:00+01:00`. */
export function formatLocalMoment(due: string, system: System): string {
  if (isDay(due)) return escapeControls(due);
  return readable(due, () => {
    const local = toLocal(due, system);
    const time = local.toPlainTime().toString({ smallestUnit: local.second === 0 ? "minute" : "second" });
    return `${local.toPlainDate().toString()} ${time}${local.offset}`;
  });
}

/** Whether a due date is past, today or later. A day is over when the next one has begun. */
export function dueState(due: string, system: System): "overdue" | "today" | "later" {
  const today = system.today();
  if (isDay(due)) return due < today ? "overdue" : due === today ? "today" : "later";
  return due < new Date(system.now()).toISOString() ? "overdue" : "later";
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

function toLocal(moment: string, system: System): Temporal.ZonedDateTime {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(system.timeZone());
}

function formatDay(day: Temporal.PlainDate, system: System): string {
  const weekday = WEEKDAYS[day.dayOfWeek - 1];
  const month = MONTHS[day.month - 1];
  const year = String(day.year) === system.today().slice(0, 4) ? "" : ` ${day.year}`;
  return `${weekday} ${day.day} ${month}${year}`;
}
