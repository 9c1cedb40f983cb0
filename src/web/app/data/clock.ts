import { signal } from "@preact/signals";
import type { LocalTime } from "../../../domain/dates/local-time.ts";

const MINUTE_MS = 60_000;

/** Unix milliseconds, as of the last minute. What depends on the time is computed anew when it changes. */
export const minute = signal(Date.now());

/** The user's clock. Whoever reads it in a computed value is told when a minute has passed. */
export const clock: LocalTime = {
  now: () => Math.max(minute.value, Date.now()),
  today: () => Temporal.Instant.fromEpochMilliseconds(minute.value).toZonedDateTimeISO(zone()).toPlainDate().toString(),
  timeZone: zone,
};

/** Keeps the time up to date, also when the page was asleep. */
export function startClock(): void {
  const tick = () => (minute.value = Date.now());
  setInterval(tick, MINUTE_MS);
  document.addEventListener("visibilitychange", tick);
}

function zone(): string {
  return Temporal.Now.timeZoneId();
}
