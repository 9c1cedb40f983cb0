import { isDay, parseDueDate } from "../dates/due-date.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { addToDueDate, type Offset } from "../dates/offset.ts";
import { hasCode } from "../errors.ts";
import type { Fields, Scalar } from "../task/registers.ts";
import { minuteOfOccurrence, MINUTES_A_DAY, readOccurrence } from "./occurrence.ts";

/** Dates of a series that keep their distance to the current occurrence. */
const MOVING_DATES = ["wait_until", "scheduled_date"] as const;

/** The dates that go along when a series moves from one occurrence to another, each by as much. */
export function moveDates(fields: Fields, from: string, to: string, system: Pick<LocalTime, "timeZone">): Fields {
  const moved = MOVING_DATES.flatMap((key) => {
    const date = readDate(fields[key] ?? null);
    const later = date === null ? null : moveDate(date, offsetsBetween(from, to, isDay(date)), system);
    return later === null ? [] : [[key, later] as const];
  });
  return Object.fromEntries(moved);
}

/** Days, and for a moment what is left of a series with several times a day. */
function offsetsBetween(from: string, to: string, isOfDays: boolean): Offset[] {
  if (isOfDays) return [{ count: readOccurrence(to).day - readOccurrence(from).day, unit: "days" }];
  const minutes = minuteOfOccurrence(to) - minuteOfOccurrence(from);
  return [
    { count: Math.trunc(minutes / MINUTES_A_DAY), unit: "days" },
    { count: minutes % MINUTES_A_DAY, unit: "minutes" },
  ];
}

/** null where the calendar ends. */
function moveDate(date: string, offsets: readonly Offset[], system: Pick<LocalTime, "timeZone">): string | null {
  return orNull(() => offsets.reduce((moved, offset) => addToDueDate(moved, offset, system), date));
}

/** null for what is no date. */
function readDate(date: Scalar): string | null {
  return typeof date === "string" ? orNull(() => parseDueDate(date)) : null;
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || hasCode(error, "invalid_input")) return null;
    throw error;
  }
}
