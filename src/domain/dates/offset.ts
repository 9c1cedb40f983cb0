import { checkYear } from "./calendar.ts";
import { TodoError } from "../errors.ts";
import { formatMoment, isDay } from "./due-date.ts";
import type { LocalTime } from "./local-time.ts";

type CalendarUnit = "days" | "weeks" | "months" | "years";
type ClockUnit = "hours" | "minutes";

/** A number of days or more, which the calendar counts, or of hours or minutes, which pass. */
export type Offset = { readonly count: number; readonly unit: CalendarUnit | ClockUnit };

/** A text that ends in an offset: the text before it (may be empty), and the offset. */
export type OffsetText = { readonly before: string; readonly offset: Offset };

export const CALENDAR_UNIT = "(days?|d|weeks?|w|months?|mo|m|years?|y)";
export const CLOCK_UNIT = "(hours?|hrs?|h|minutes?|mins?)";
const OFFSET_AT_END = new RegExp(`^(?:(.+?) ?([+-]) ?|([+-]))(\\d+) ?(?:${CALENDAR_UNIT}|${CLOCK_UNIT})$`);

/** Splits an offset off the end: `eom+1d`, `friday 17:00 + 2 hours`, `-3d`. Undefined if there is none. */
export function splitOffset(text: string): OffsetText | undefined {
  const match = OFFSET_AT_END.exec(text);
  if (match === null) return undefined;
  const [, before = "", sign = "", leading = "", count = "", calendarUnit, clockUnit = ""] = match;
  return { before, offset: readOffset(sign + leading + count, calendarUnit ?? clockUnit) };
}

/** The offset of a signed number and a unit, as `CALENDAR_UNIT` and `CLOCK_UNIT` match them. */
export function readOffset(count: string, unit: string): Offset {
  return { count: Number(count), unit: nameUnit(unit) };
}

/** The offset of `a week ago` or `3 weeks ago`, of which `count` is `a`, `an` or a number. */
export function readAgo(count: string, unit: string): Offset {
  return readOffset(count.startsWith("a") ? "-1" : `-${count}`, unit);
}

/**
 * The day that lies so far from another. If the month reached is too short, its last day is meant: 31 January + 1m = 28
 * February. Throws `invalid_input` for hours and minutes and for a year that is not allowed, and a RangeError for a day
 * that the calendar does not have.
 */
export function addToDay(day: Temporal.PlainDate, { count, unit }: Offset): Temporal.PlainDate {
  if (unit === "hours" || unit === "minutes") {
    throw new TodoError("invalid_input", `${unit} are counted from a time, and this is a day without one`);
  }
  const moved = day.add({ [unit]: count });
  checkYear(moved.year);
  return moved;
}

/**
 * The due date that lies so far from another. A moment keeps its local time over days and more, also where the clocks
 * change in between. Hours and minutes are those that pass. Throws as `addToDay` does.
 */
export function addToDueDate(dueDate: string, offset: Offset, system: Pick<LocalTime, "timeZone">): string {
  if (isDay(dueDate)) return addToDay(Temporal.PlainDate.from(dueDate), offset).toString();
  const moved = addToMoment(Temporal.Instant.from(dueDate), offset, system);
  checkYear(moved.toZonedDateTimeISO("UTC").year);
  return formatMoment(moved);
}

function addToMoment(
  moment: Temporal.Instant,
  { count, unit }: Offset,
  { timeZone }: Pick<LocalTime, "timeZone">,
): Temporal.Instant {
  if (unit === "hours" || unit === "minutes") return moment.add({ [unit]: count });
  return moment
    .toZonedDateTimeISO(timeZone())
    .add({ [unit]: count })
    .toInstant();
}

function nameUnit(unit: string): Offset["unit"] {
  if (unit.startsWith("mi")) return "minutes";
  if (unit.startsWith("m")) return "months";
  if (unit.startsWith("h")) return "hours";
  if (unit.startsWith("d")) return "days";
  return unit.startsWith("w") ? "weeks" : "years";
}
