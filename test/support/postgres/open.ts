import { afterEach } from "bun:test";
import type { Migration } from "../../../src/db/migrate.ts";
import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { DatabaseOptions, DatabaseServer } from "../../../src/ports/database.ts";

export type OpenOptions = DatabaseOptions & { readonly migrations?: readonly Migration[] };

/** Opens databases as the program does. They are closed after each test. */
export function useDatabaseServers(): (url: string, options?: OpenOptions) => Promise<DatabaseServer> {
  const opened: DatabaseServer[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ store }) => store.close()));
  });
  return async (url, { migrations, ...options } = {}) => {
    const server = await openPostgres(url, {}, options, migrations);
    opened.push(server);
    return server;
  };
}
