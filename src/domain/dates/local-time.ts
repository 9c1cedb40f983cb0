/** The user's clock, calendar day and time zone. Passed in everywhere, so that tests can fix them. */
export type LocalTime = {
  /** Unix milliseconds. */
  readonly now: () => number;
  /**
   * The user's calendar day, `2026-11-20`. Separate from `timeZone`, because every command needs it and it costs far
   * less.
   */
  readonly today: () => string;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
};
