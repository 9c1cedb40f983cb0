export const DAY_MS = 86_400_000;

/** How long deleted tasks and security events are kept. So long a replica may be away and still learn of each single deletion. */
export const RETENTION_DAYS = 180;
export const RETENTION_MS = RETENTION_DAYS * DAY_MS;
