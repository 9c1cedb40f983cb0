/** What a machine adds to the rules. Passed in everywhere, so that tests can fix it and nothing reads it behind one's back. */
export type Surroundings = {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The user's calendar day, `2026-11-20`. Apart from `timeZone` because it is needed always and costs far less. */
  readonly today: () => string;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
  /** A new UUIDv7. */
  readonly newId: () => string;
};
