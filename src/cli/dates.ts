import { isDay } from "../domain/due-date.ts";
import type { Surroundings } from "../domain/surroundings.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A due date as people read it: `Fri 27 Nov`, with the year unless it is this one, with the local time of a moment. */
export function formatDue(due: string, around: Surroundings): string {
  if (isDay(due)) return formatDay(Temporal.PlainDate.from(due), around);
  return formatMoment(due, around);
}

/** A moment in the user's time zone: `Fri 27 Nov 17:00`. */
export function formatMoment(moment: string, around: Surroundings): string {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(around.timeZone());
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return `${formatDay(local.toPlainDate(), around)} ${time}`;
}

/** How a due date lies to now. A day is over when the next one has begun. */
export function dueState(due: string, around: Surroundings): "overdue" | "today" | "later" {
  const today = around.today();
  if (isDay(due)) return due < today ? "overdue" : due === today ? "today" : "later";
  return due < new Date(around.now()).toISOString() ? "overdue" : "later";
}

function formatDay(day: Temporal.PlainDate, around: Surroundings): string {
  const weekday = WEEKDAYS[day.dayOfWeek - 1];
  const month = MONTHS[day.month - 1];
  const year = String(day.year) === around.today().slice(0, 4) ? "" : ` ${day.year}`;
  return `${weekday} ${day.day} ${month}${year}`;
}
