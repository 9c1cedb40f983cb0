import { formatInstant } from "../zoned.ts";
import type { ContentLine } from "./lines.ts";
import { findZone } from "./zones.ts";

const WRITTEN = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/** A date of a line: a day, or a moment with the zone in which it was written, if that is one. */
export type IcsDate = {
  /** As it is stored: `2026-05-04`, `2026-05-04T16:00:00.000Z`. */
  readonly date: string;
  /** null for a day, and for a moment in UTC. */
  readonly zone: string | null;
  /** A TZID that nobody knows. Its times were read in the zone of the user. */
  readonly unknown?: string;
};

/** A day or moment (RFC 5545, sections 3.3.4 and 3.3.5). A time without a zone is one of the user's. undefined for anything else. */
export function readIcsDate({ value, params }: ContentLine, userZone: string): IcsDate | undefined {
  const [, year, month, day, hour, minute, second, utc] = WRITTEN.exec(value.trim()) ?? [];
  if (year === undefined) return undefined;
  const local = `${year}-${month}-${day}`;
  try {
    if (hour === undefined)
      return { date: Temporal.PlainDate.from(local, { overflow: "reject" }).toString(), zone: null };
    const time = Temporal.PlainDateTime.from(`${local}T${hour}:${minute}:${second}`, { overflow: "reject" });
    if (utc === "Z") return { date: toText(time.toZonedDateTime("UTC")), zone: null };
    const tzid = params.get("TZID");
    const zone = tzid === undefined ? undefined : findZone(tzid);
    const date = toText(time.toZonedDateTime(zone ?? userZone));
    return { date, zone: zone ?? userZone, ...(tzid !== undefined && zone === undefined && { unknown: tzid }) };
  } catch {
    return undefined;
  }
}

/** A date that is later by a duration such as `P1DT2H` (section 3.3.6). undefined for what is no duration. */
export function addDuration({ date, zone }: IcsDate, duration: string, userZone: string): string | undefined {
  try {
    if (!date.includes("T")) return Temporal.PlainDate.from(date).add(duration).toString();
    return toText(
      Temporal.Instant.from(date)
        .toZonedDateTimeISO(zone ?? userZone)
        .add(duration),
    );
  } catch {
    return undefined;
  }
}

function toText(moment: Temporal.ZonedDateTime): string {
  return formatInstant(moment.epochMilliseconds);
}
