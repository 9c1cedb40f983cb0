import { defineAccountTables } from "../tables/accounts.ts";
import { kit } from "./kit.ts";
import { defineTables } from "../tables/tasks.ts";

export const { users, tasks, history, heads } = defineTables(kit);
export const { accounts, sessions, apiTokens, deviceCodes, invites, authEvents } = defineAccountTables(kit);

/** The database's own facts: its node id. */
export const replica = kit.table("replica", {
  key: kit.text("key").primaryKey(),
  value: kit.text("value").notNull(),
});
