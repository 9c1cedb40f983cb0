import type { Migration } from "../migrate.ts";
import first from "./migrations/0000_first.sql" with { type: "text" };
import created from "./migrations/0001_created.sql" with { type: "text" };
import servers from "./migrations/0002_servers.sql" with { type: "text" };
import accounts from "./migrations/0003_accounts.sql" with { type: "text" };
import sync from "./migrations/0004_sync.sql" with { type: "text" };
import authEvents from "./migrations/0005_auth_events.sql" with { type: "text" };
import folded from "./migrations/0006_folded.sql" with { type: "text" };
import wholeTask from "./migrations/0007_whole_task.sql" with { type: "text" };
import plainLetters from "./migrations/0008_plain_letters.sql" with { type: "text" };
import activity from "./migrations/0009_activity.sql" with { type: "text" };

/**
 * Every migration, oldest first. SQL that drizzle-kit can't generate, such as row-level security, follows the generated
 * part.
 */
export const postgresMigrations: readonly Migration[] = [
  { name: "0000_first", sql: first },
  { name: "0001_created", sql: created },
  { name: "0002_servers", sql: servers },
  { name: "0003_accounts", sql: accounts },
  { name: "0004_sync", sql: sync },
  { name: "0005_auth_events", sql: authEvents },
  { name: "0006_folded", sql: folded },
  { name: "0007_whole_task", sql: wholeTask },
  { name: "0008_plain_letters", sql: plainLetters },
  { name: "0009_activity", sql: activity },
];
