import type { LocalTime } from "../domain/dates/local-time.ts";

/** What a machine adds to the rules. Passed in everywhere, so that tests can fix it and no code reads it unseen. */
export type System = LocalTime & {
  /** A new UUIDv7. */
  readonly newId: () => string;
};
