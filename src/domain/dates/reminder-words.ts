import { formatDuration } from "./duration.ts";

export const MINUTES_AN_HOUR = 60;
/** A reminder before the due date, as it is stored. */
export const TRIGGER = /^-P(?:(\d+)W|(\d+)D|T(\d+)H|T(\d+)M)$/;

/**
 * A reminder before the due date in words, which `parseReminder` reads too: `30 min before`, `1 week before`,
 * `when it is due`. Undefined for a moment, and for what only a later version can read.
 */
export function formatReminder(trigger: string): string | undefined {
  const match = TRIGGER.exec(trigger);
  if (match === null) return undefined;
  const [, weeks, days, hours = "0", minutes = "0"] = match;
  if (weeks !== undefined) return `${countUnit(Number(weeks), "week")} before`;
  if (days !== undefined) return `${countUnit(Number(days), "day")} before`;
  const total = Number(hours) * MINUTES_AN_HOUR + Number(minutes);
  return total === 0 ? "when it is due" : `${formatDuration(total)} before`;
}

function countUnit(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
