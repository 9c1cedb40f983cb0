import type { ActivityQuery } from "../../../src/ports/store.ts";

/** All that is open. */
export const OPEN_ACTIVITY: ActivityQuery = { kind: "open", where: [], limit: 100 };

/** All that was closed. */
export const CLOSED_ACTIVITY: ActivityQuery = { kind: "closed", where: [], limit: 100 };

/** The year 2026. */
export const MONTHS = { first: "2026-01", last: "2026-12" };
