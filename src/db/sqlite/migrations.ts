import first from "./migrations/0000_first.sql" with { type: "text" };
import created from "./migrations/0001_created.sql" with { type: "text" };
import accounts from "./migrations/0002_accounts.sql" with { type: "text" };
import sync from "./migrations/0003_sync.sql" with { type: "text" };
import pulled from "./migrations/0004_pulled.sql" with { type: "text" };
import authEvents from "./migrations/0005_auth_events.sql" with { type: "text" };
import folded from "./migrations/0006_folded.sql" with { type: "text" };
import wholeTask from "./migrations/0007_whole_task.sql" with { type: "text" };
import plainLetters from "./migrations/0008_plain_letters.sql" with { type: "text" };
import openColumns from "./migrations/0009_open_columns.sql" with { type: "text" };
import activity from "./migrations/0010_activity.sql" with { type: "text" };
import linkColumns from "./migrations/0011_link_columns.sql" with { type: "text" };
import type { Migration } from "../migrate.ts";

/** Every migration, oldest first. drizzle-kit writes the SQL (`bun run db:generate`); one that was released is never changed. */
export const sqliteMigrations: readonly Migration[] = [
  { name: "0000_first", sql: first },
  { name: "0001_created", sql: created },
  { name: "0002_accounts", sql: accounts },
  { name: "0003_sync", sql: sync },
  { name: "0004_pulled", sql: pulled },
  { name: "0005_auth_events", sql: authEvents },
  { name: "0006_folded", sql: folded },
  { name: "0007_whole_task", sql: wholeTask },
  { name: "0008_plain_letters", sql: plainLetters },
  { name: "0009_open_columns", sql: openColumns },
  { name: "0010_activity", sql: activity },
  { name: "0011_link_columns", sql: linkColumns },
];
