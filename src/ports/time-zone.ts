import type { System } from "./system.ts";

/** The machine with the time zone UTC. A request says nothing of the user's, and the server's own would mean nothing to it. */
export function inUtc(system: System): System {
  return {
    ...system,
    timeZone: () => "UTC",
    today: () => new Date(system.now()).toISOString().slice(0, 10),
  };
}

/** The machine with the time zone of a user, by its IANA name in any case. */
export function inZone(system: System, name: string): System {
  const local = () => Temporal.Instant.fromEpochMilliseconds(system.now()).toZonedDateTimeISO(name);
  return {
    ...system,
    timeZone: () => local().timeZoneId,
    today: () => local().toPlainDate().toString(),
  };
}
