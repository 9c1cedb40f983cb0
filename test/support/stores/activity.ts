import type { ActivityQuery } from "../../../src/ports/store.ts";

/** All activity since 1970. */
export const ALL_ACTIVITY: ActivityQuery = { where: [], since: "1970-01-01T00:00:00.000Z", limit: 100 };
