import type { LocalTime } from "../domain/dates/local-time.ts";

/** The machine's clock, zone and ids. Passed in everywhere, so that tests can fix them and no code reads them unseen. */
export type System = LocalTime & {
  /** A new UUIDv7. */
  readonly newId: () => string;
};

/** How far local time is ahead of UTC at a moment. Both are seconds. */
export type LocalOffset = { readonly at: number; readonly offset: number };

/** Local time as the C library of the machine knows it. */
export type LocalClock = {
  /** The calendar day, `2026-11-20`. */
  readonly day: string;
  readonly offsets: readonly LocalOffset[];
};
