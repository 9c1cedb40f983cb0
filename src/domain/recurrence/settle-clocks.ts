import { type Clock, CLOCK_LENGTH, formatClock, isClock, tickOf } from "../task/clock.ts";
import { minuteOfOccurrence } from "./occurrence.ts";

// What settles a series takes its clocks from the registers that it follows from, so that every device makes the same
// bytes. No new value gets an old clock: devices acknowledge values by their clocks alone.

const NODE_DIGITS = 8;
const NO_NODE = "0".repeat(NODE_DIGITS);

/** The clock of a register, or of a broken writer whatever stands there. */
export function clockOf(register: string): Clock {
  return register.slice(0, CLOCK_LENGTH);
}

/** The latest clock of those registers that there are. null if there are none, or if one of them has no clock. */
export function latestClock(registers: readonly (string | undefined)[]): Clock | null {
  const clocks = registers.filter((register) => register !== undefined).map(clockOf);
  return clocks.every(isClock) ? (clocks.toSorted().at(-1) ?? null) : null;
}

/** The clock that follows on another. null if there is none. */
export function succeed(clock: Clock | null): Clock | null {
  return advance(clock, NO_NODE);
}

/** The clock of a move to an occurrence. Of two moves that follow on the same clock, the one to the later day wins. */
export function succeedToward(occurrence: string, clock: Clock | null): Clock | null {
  return advance(clock, minuteOfOccurrence(occurrence).toString(16).padStart(NODE_DIGITS, "0"));
}

function advance(clock: Clock | null, node: string): Clock | null {
  if (clock === null) return null;
  const next = formatClock(tickOf(clock) + 1n, node);
  return isClock(next) ? next : null;
}
