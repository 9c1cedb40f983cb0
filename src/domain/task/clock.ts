/**
 * A hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014) as 24 lower-case hex digits that compare as
 * bytes: 12 of Unix milliseconds, 4 of counter, 8 of the node that made it.
 */
export type Clock = string;

export const CLOCK_LENGTH = 24;

/**
 * A clock that is further ahead of the wall clock than this no longer says when an edit was made. One edit under a wrong clock
 * is enough for that, because the clocks after it never fall behind.
 */
export const MAX_CLOCK_LEAD_MS = 60_000;

/** No database has this node. */
export const NO_NODE = "00000000";

/** Hex digits of milliseconds and counter, the first part of a clock. */
export const TICK_DIGITS = 16;

export const COUNTER_BITS = 16;
/** A higher first digit means the year 5839 or later, where the tick would soon overflow a database's 64 bits. */
const CLOCK = /^[0-6][0-9a-f]{23}$/;

/** True for 24 lower-case hex digits whose time leaves room for later ticks. */
export function isClock(text: string): boolean {
  return CLOCK.test(text);
}

/** The clock that a node gets from a tick: milliseconds and counter as one integer. */
export function formatClock(tick: bigint, node: string): Clock {
  return tick.toString(16).padStart(CLOCK_LENGTH - node.length, "0") + node;
}

/**
 * The tick after `last` at `now` (Unix milliseconds): the wall clock if that is ahead, else `last` plus one.
 * Milliseconds and counter are one integer, so a full counter carries into the milliseconds.
 */
export function nextTick(last: bigint, now: number): bigint {
  const wall = firstTick(now);
  return wall > last ? wall : last + 1n;
}

/** The first tick of a millisecond (Unix). */
export function firstTick(now: number): bigint {
  return BigInt(now) << BigInt(COUNTER_BITS);
}

/** Milliseconds and counter of a clock as one integer, as `nextTick` takes it. */
export function tickOf(clock: Clock): bigint {
  return BigInt(`0x${clock.slice(0, TICK_DIGITS)}`);
}

/** The time at which the clock was made, in Unix milliseconds. */
export function clockTime(clock: Clock): number {
  return Number.parseInt(clock.slice(0, 12), 16);
}

/** The node (8 hex digits) that made the clock, or the clock of a register. */
export function clockNode(clock: Clock): string {
  return clock.slice(TICK_DIGITS, CLOCK_LENGTH);
}
