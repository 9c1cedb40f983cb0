import { TodoError } from "../errors.ts";

const TIME_AT_END = /(?:^| )(at )?(noon|midnight|\d{1,2}(?::\d{2}){0,2}(?: ?[ap]m)?)$/;
/** What is added to a time, as in `9am +1d`, is no day. */
const TIME_AT_START = /^(at )?(noon|\d{1,2}(?::\d{2}){0,2}(?: ?[ap]m)?) (?:on )?([^+-].*)$/;
const CLOCK_TIME = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?(?: ?([ap]m))?$/;

/** A text with a time of day at its end or beginning: the day beside it (may be empty), and the time as written. */
export type TimedText = { readonly day: string; readonly time: string };

/**
 * Splits a time off the end, or off the beginning as in `9am friday`. Returns undefined if there is none. A bare number is
 * an hour only after `at`: 21 may be a day.
 */
export function splitTime(text: string): TimedText | undefined {
  const match = TIME_AT_END.exec(text);
  if (match !== null && isTime(match[1], match[2])) return { day: text.slice(0, match.index), time: match[2] ?? "" };
  const [, at, time = "", day = ""] = TIME_AT_START.exec(text) ?? [];
  return day !== "" && isTime(at, time) ? { day, time } : undefined;
}

function isTime(at: string | undefined, time = ""): boolean {
  return at !== undefined || !/^\d+$/.test(time);
}

/** The time of day that a text from `splitTime` names. Throws `invalid_input` when the day has no such time. */
export function parseTime(text: string): Temporal.PlainTime {
  if (text === "noon") return new Temporal.PlainTime(12);
  if (text === "midnight") return new Temporal.PlainTime(0);
  const [, hour = "", minute = "0", second = "0", half] = CLOCK_TIME.exec(text) ?? [];
  const known = half === undefined || (Number(hour) >= 1 && Number(hour) <= 12);
  if (hour === "" || !known || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new TodoError("invalid_input", `there is no ${text}`);
  }
  return new Temporal.PlainTime(hourOfDay(Number(hour), half), Number(minute), Number(second));
}

function hourOfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  // 12am is the first hour of the day, 12pm the one after noon.
  return (hour % 12) + (half === "pm" ? 12 : 0);
}
