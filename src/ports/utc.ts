import type { System } from "./system.ts";

/** The machine with the time zone UTC. A request says nothing of the user's, and the server's own would mean nothing to it. */
export function inUtc(system: System): System {
  return {
    ...system,
    timeZone: () => "UTC",
    today: () => new Date(system.now()).toISOString().slice(0, 10),
  };
}
