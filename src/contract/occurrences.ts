/** What became of an occurrence. The current one is the one that the due date of the task is for. */
export const OCCURRENCE_STATES = ["done", "skipped", "cancelled", "detached", "current", "to_come"] as const;
export type OccurrenceState = (typeof OCCURRENCE_STATES)[number];

/** How many occurrences one answer has at most. */
export const MAX_OCCURRENCES = 1000;
