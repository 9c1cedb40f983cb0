import type { Random } from "../support/random.ts";

const SECOND = 1000;
/** What a server does not refuse yet. */
const TAME = 40 * SECOND;
const HOUR = 3600 * SECOND;
const YEAR = 365 * 24 * HOUR;

/** What time it really is, in Unix milliseconds. */
export type Time = { now: number };

/** A clock that is wrong, and how wrong changes when it jumps. */
export type Watch = { readonly now: () => number; readonly jump: () => void };

/** A server's clock also knows the latest time that it has ever told. */
export type ServerWatch = Watch & { readonly latest: () => number };

/**
 * A device's clock. A tame one is off by less than a server refuses. A wild one is off by up to years from what the server's is when
 * it jumps.
 */
export function createWatch(time: Time, { next, pick }: Random, server: Watch | null): Watch {
  const vary = (most: number) => Math.round((2 * next() - 1) * most);
  const drift = () =>
    server ? server.now() - time.now + vary(pick([TAME, 2 * TAME, 2 * TAME, HOUR, 12 * HOUR, 3 * YEAR])) : vary(TAME);
  let off = drift();
  return { now: () => time.now + off, jump: () => void (off = drift()) };
}

/** A server's clock. A wild one is off by up to years. It jumps ahead by up to an hour, and back where it may be set back. */
export function createServerWatch(
  time: Time,
  { next }: Random,
  { isWild, isSetBack }: { readonly isWild: boolean; readonly isSetBack: boolean },
): ServerWatch {
  const vary = (most: number) => Math.round((2 * next() - 1) * most);
  const drift = () => vary(10 * SECOND);
  let off = isWild ? vary(YEAR) : drift();
  const jumpWildly = () => off + (isSetBack ? vary(HOUR) : Math.round(next() * HOUR));
  let latest = 0;
  const now = () => {
    latest = Math.max(latest, time.now + off);
    return time.now + off;
  };
  return { now, jump: () => void (off = isWild ? jumpWildly() : drift()), latest: () => latest };
}
