import { isZone } from "../../domain/recurrence/series.ts";
import { formatInstant } from "../zoned.ts";
import type { CsvRecord } from "../csv/records.ts";

const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:([+-]\d\d):?(\d\d)|Z)?$/;

/** The zone of a row, or that of the user for what is none. */
export function zoneOf(row: CsvRecord, userZone: string): string {
  const zone = row.get("timezone");
  return isZone(zone) ? zone : userZone;
}

/**
 * A moment of a row in Unix milliseconds: `2018-12-11T23:00:00+0000`, or without an offset, as spreadsheets save it, in the zone of the
 * row. undefined for anything else.
 */
export function readMoment(text: string, zone: string): number | undefined {
  const [, day, time, hours, minutes] = WRITTEN.exec(text) ?? [];
  if (day === undefined) return undefined;
  try {
    if (hours !== undefined || text.endsWith("Z")) {
      return Temporal.Instant.from(`${day}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`)
        .epochMilliseconds;
    }
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** A date of a row: a day where it is for all of that, else a moment. `2018-12-11T23:00:00+0000` is 12 December in Berlin. */
export function readDate(row: CsvRecord, column: string, zone: string): string | undefined {
  const ms = readMoment(row.get(column), zone);
  if (ms === undefined) return undefined;
  if (row.get("is all day").toLowerCase() !== "true") return formatInstant(ms);
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
}
