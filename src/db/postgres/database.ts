import type { DatabaseOptions, DatabaseServer } from "../../ports/database.ts";
import { createAccountStore } from "../accounts/store.ts";
import { createSyncStore } from "../sync/store.ts";
import { createUsageStore } from "../usage/store.ts";
import type { Migration } from "../migrate.ts";
import { postgresMigrations } from "./migrations.ts";
import { type PostgresAddress, readPostgresAddress } from "./address.ts";
import type { Client } from "./client.ts";
import { createPostgresConnection } from "./connection.ts";
import { createPostgresEngine } from "./engine.ts";
import { migratePostgres, readStatus } from "./migrate.ts";
import { createAppRole } from "./role.ts";
import { createSchema } from "./schema-check.ts";
import { createStore } from "../tasks/store.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The database at a URL. Throws `usage` for a URL that is incomplete or unsafe. Nothing is connected yet. */
export async function openPostgres(
  url: string,
  env: Env,
  { requireRowSecurity = false, connections = 1 }: DatabaseOptions = {},
  migrations: readonly Migration[] = postgresMigrations,
): Promise<DatabaseServer> {
  const address = readPostgresAddress(url, env);
  const { place } = address;
  const connection = createPostgresConnection(await createClient(address, connections), place);
  const schema = createSchema(connection, { migrations, requireRowSecurity, place });
  // A command has one connection, and nobody beside it.
  const engine = createPostgresEngine(connection, schema, connections > 1 ? { connections } : null);
  return {
    store: createStore(engine),
    accounts: createAccountStore(engine),
    sync: createSyncStore(engine),
    usage: createUsageStore(engine),
    status: () => readStatus(connection, { migrations, place }),
    migrate: () => migratePostgres(connection, { migrations, place }),
    createRole: () => createAppRole(connection, address),
  };
}

/** Each driver is loaded only if it is needed. */
async function createClient(address: PostgresAddress, connections: number): Promise<Client> {
  const { neonEndpoint } = address;
  if (neonEndpoint === undefined) return (await import("./bun-client.ts")).createBunClient(address, connections);
  return (await import("./neon-client.ts")).createNeonClient(address, neonEndpoint);
}
