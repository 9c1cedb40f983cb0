import { parseDueDate } from "../dates/due-date.ts";
import type { LocalTime } from "../dates/local-time.ts";
import { addToDueDate } from "../dates/offset.ts";
import { hasCode } from "../errors.ts";
import type { Fields, Scalar } from "../task/registers.ts";
import { readOccurrence } from "./occurrence.ts";

/** Dates of a series that keep their distance to the current occurrence. */
const MOVING_DATES = ["wait_until", "scheduled_date"] as const;

/** The dates that go along when a series moves from one occurrence to another, by as many days. */
export function moveDates(fields: Fields, from: string, to: string, system: Pick<LocalTime, "timeZone">): Fields {
  const days = readOccurrence(to).day - readOccurrence(from).day;
  const moved = MOVING_DATES.flatMap((key) => {
    const date = moveDate(fields[key] ?? null, days, system);
    return date === null || date === fields[key] ? [] : [[key, date] as const];
  });
  return Object.fromEntries(moved);
}

/** null for what is no date, and where the calendar ends. */
function moveDate(date: Scalar, days: number, system: Pick<LocalTime, "timeZone">): string | null {
  if (typeof date !== "string") return null;
  try {
    return addToDueDate(parseDueDate(date), { count: days, unit: "days" }, system);
  } catch (error) {
    if (error instanceof RangeError || hasCode(error, "invalid_input")) return null;
    throw error;
  }
}
