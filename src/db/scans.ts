// To find and read more, or to compare with more, takes longer than others should wait, so it is a scan.

export const MAX_READ_TASKS = 100;
export const MAX_READ_BYTES = 100_000;
/** Each is compared with a task, which may be large. */
export const MAX_READ_ARRIVALS = 10;
