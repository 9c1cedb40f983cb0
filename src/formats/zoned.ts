/** A moment in Unix milliseconds, as it is stored. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** The day whose midnight a moment is in a zone, as programs write a day that know only moments. Any other moment stays one. */
export function toDayOrMoment(ms: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const isMidnight = local.hour === 0 && local.minute === 0 && local.second === 0 && local.millisecond === 0;
  return isMidnight ? local.toPlainDate().toString() : formatInstant(ms);
}

/** The moment at which a day begins in a zone. */
export function startOfDay(day: string, zone: string): string {
  return formatInstant(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}

/** A stored day or moment in the local time of a zone, as a series has its start. */
export function toLocalStart(date: string, zone: string): string {
  if (!date.includes("T")) return date;
  return Temporal.Instant.from(date).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });
}
