import { defineAccountTables } from "../tables/accounts.ts";
import { kit } from "./kit.ts";
import { defineTables } from "../tables/tasks.ts";

export const { users, tasks, history, heads } = defineTables(kit);
export const { accounts, sessions, apiTokens, deviceCodes, invites, authEvents } = defineAccountTables(kit);

/** The replica's own facts: its node id. */
export const replica = kit.table("replica", {
  key: kit.text("key").primaryKey(),
  value: kit.text("value").notNull(),
});

/** Which fields a server has not acknowledged yet. `*` stands for all of a task. */
export const outbox = kit.table(
  "outbox",
  {
    id: kit.text("id").notNull(),
    field: kit.text("field").notNull(),
    clock: kit.text("clock").notNull(),
  },
  (table) => [kit.primaryKey({ columns: [table.id, table.field] })],
);

/** Changes that a server refused, until they are changed again. */
export const parked = kit.table("parked", {
  id: kit.text("id").primaryKey(),
  code: kit.text("code").notNull(),
  field: kit.text("field").notNull(),
  message: kit.text("message").notNull(),
  at: kit.counter("at").notNull(),
});

/** While everything is read once more: which tasks came, and the registers of those that take the place of a deleted one. */
export const pulled = kit.table("pulled", { id: kit.text("id").primaryKey(), registers: kit.text("registers") });
