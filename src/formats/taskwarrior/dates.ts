import { toDayOrMoment } from "../zoned.ts";

const WRITTEN = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/;
const SECOND_MS = 1000;

/**
 * A date of Taskwarrior in Unix milliseconds: `20260309T230000Z`, the same without Z in local time, or seconds since 1970. undefined for
 * anything else.
 */
export function readMoment(value: unknown, zone: string): number | undefined {
  if (typeof value === "number" || (typeof value === "string" && /^\d{1,12}$/.test(value))) {
    return Number(value) * SECOND_MS;
  }
  const [, year, month, day, hour, minute, second, utc] = WRITTEN.exec(String(value)) ?? [];
  if (year === undefined) return undefined;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  try {
    if (utc === "Z") return Temporal.Instant.from(`${local}Z`).epochMilliseconds;
    return Temporal.PlainDateTime.from(local, { overflow: "reject" }).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** The same as a day, if it is a midnight in the zone, or as a moment. */
export function readDate(value: unknown, zone: string): string | undefined {
  const ms = readMoment(value, zone);
  return ms === undefined ? undefined : toDayOrMoment(ms, zone);
}
