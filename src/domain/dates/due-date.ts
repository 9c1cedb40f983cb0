import { TodoError } from "../errors.ts";
import { quoteShort } from "../task/text.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})$/;

/** True for a calendar day such as `2026-11-21`, false for a moment. */
export function isDay(dueDate: string): boolean {
  return dueDate.length === 10;
}

/** A due date as databases sort it, by bytes: a day behind the moments in it, and what has none behind all. */
export function sortKeyOfDue(dueDate: string | null): string {
  if (dueDate === null) return "~";
  return isDay(dueDate) ? `${dueDate}T~` : dueDate;
}

/** True when the text is a day that the calendar has (so not 31 February). */
export function isCalendarDay(text: string): boolean {
  return DAY.test(text) && parses(() => Temporal.PlainDate.from(text, { overflow: "reject" }));
}

/**
 * A due date as it is stored: a day as it is, a moment with an offset as UTC in whole seconds (RFC 3339 subset of ISO 8601).
 * A day never passes through a clock or a time zone. Throws `invalid_input` for anything else, in which `what` names it.
 */
export function parseDueDate(text: string, what = "due date"): string {
  if (isCalendarDay(text)) return text;
  if (MOMENT.test(text) && parses(() => Temporal.Instant.from(text))) {
    const moment = formatMoment(Temporal.Instant.from(text));
    // An offset can push a moment out of the years 0 to 9999, and then it would not sort as text.
    if (DAY.test(moment.slice(0, 10))) return moment;
  }
  throw new TodoError("invalid_input", `${quoteShort(text)} is not a ${what}`, {
    hints: ["Write a day (2026-11-21) or a moment with its offset (2026-11-21T15:00:00Z)."],
  });
}

/** A moment as due dates hold it: UTC, whole seconds. */
export function formatMoment(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second", roundingMode: "trunc" });
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
