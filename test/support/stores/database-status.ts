import type { DatabaseStatus } from "../../../src/ports/database.ts";

/** What a database is like in which nothing is amiss. */
export const SOUND: DatabaseStatus = {
  applied: ["0000_first"],
  pending: [],
  unknown: [],
  role: "todo_app",
  bypassesRowSecurity: false,
  unprotected: [],
  openSchema: null,
};
