/** Code points of a filter. */
export const MAX_FILTER_CHARACTERS = 4_000;

/** Words and signs of a filter, and terms with those of the saved filters that it names. */
export const MAX_FILTER_WORDS = 300;

/** Parentheses that stand in each other. */
export const MAX_FILTER_LEVELS = 30;

/** Saved filters of which each is named by the one before. */
export const MAX_SAVED_LEVELS = 10;
