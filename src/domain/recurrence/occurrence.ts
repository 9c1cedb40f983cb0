import { isCalendarDay } from "../dates/due-date.ts";
import { formatDay, parseDay } from "./civil.ts";
import type { LocalMoment } from "./expand.ts";

/** No occurrence is later. */
export const LAST_DAY = "9999-12-31";

const DAY_LENGTH = 10;
const FIRST_YEAR = "1970";
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d$/;
export const MINUTES_A_DAY = 1440;

/**
 * True for an occurrence as it is stored: a local day (`2026-11-23`) or a local time (`2026-11-23T09:00`). As texts they
 * sort as they follow each other, and a day comes before its times.
 */
export function isOccurrence(text: string): boolean {
  const time = text.slice(DAY_LENGTH);
  return isCalendarDay(text.slice(0, DAY_LENGTH)) && text >= FIRST_YEAR && (time === "" || TIME.test(time));
}

/** The occurrence that a task names. null if there is none, or if a broken writer has left another text. */
export function occurrenceOf({ occurrence }: { readonly occurrence: string | null }): string | null {
  return occurrence !== null && isOccurrence(occurrence) ? occurrence : null;
}

/** The local moment of an occurrence. That of a day is its beginning. */
export function readOccurrence(text: string): LocalMoment {
  const [hours = 0, minutes = 0] = text
    .slice(DAY_LENGTH + 1)
    .split(":")
    .map(Number);
  return { day: parseDay(dayOfOccurrence(text)), minute: hours * 60 + minutes };
}

export function formatOccurrence({ day, minute }: LocalMoment, isTimed: boolean): string {
  if (!isTimed) return formatDay(day);
  return `${formatDay(day)}T${padTwo(Math.floor(minute / 60))}:${padTwo(minute % 60)}`;
}

/** The calendar day of an occurrence. */
export function dayOfOccurrence(occurrence: string): string {
  return occurrence.slice(0, DAY_LENGTH);
}

/** Local minutes since 1970. They need no time zone, whose rules differ from machine to machine. */
export function minuteOfOccurrence(occurrence: string): number {
  const { day, minute } = readOccurrence(occurrence);
  return day * MINUTES_A_DAY + minute;
}

/** The later of two occurrences, or of days. */
export function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

function padTwo(value: number): string {
  return String(value).padStart(2, "0");
}
