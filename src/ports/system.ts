import type { LocalTime } from "../domain/dates/local-time.ts";

/** The machine's clock, zone and ids. Passed in everywhere, so that tests can fix them and no code reads them unseen. */
export type System = LocalTime & {
  /** A new UUIDv7. */
  readonly newId: () => string;
};
