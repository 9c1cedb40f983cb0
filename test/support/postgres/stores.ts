import { openPostgres } from "../../../src/db/postgres/database.ts";
import type { DatabaseServer } from "../../../src/ports/database.ts";
import { type Neon, useNeon } from "./neon.ts";
import { type TestDatabase, usePostgres } from "./postgres.ts";

/** The two ways to PostgreSQL: Bun's own client, and Neon's driver to a stand-in of its endpoint. */
export const DRIVERS = ["bun", "neon"] as const;
export type Driver = (typeof DRIVERS)[number];

/** A database with all tables, opened as the role that row-level security binds. */
export type OpenedDatabase = {
  readonly server: DatabaseServer;
  readonly database: TestDatabase;
  /** What the program is given: the URL and the variables beside it. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the driver is Neon's. */
  readonly neon: Neon | undefined;
};

/** Makes databases that go after the last test of the file. Whoever opens one closes its store. */
export function usePostgresStores(): (driver: Driver) => Promise<OpenedDatabase> {
  const createDatabase = usePostgres();
  const startNeon = useNeon();
  return async (driver) => {
    const database = await createDatabase();
    const owner = await openPostgres(database.ownerUrl, {});
    await owner.migrate();
    await owner.store.close();
    const neon = driver === "neon" ? startNeon({ port: database.port }) : undefined;
    const url = neon ? nameNeonHost(database.appUrl) : database.appUrl;
    const env = neon ? { TODO_NEON_ENDPOINT: neon.endpoint } : {};
    const server = await openPostgres(url, env, { requireRowSecurity: true, connections: 10 });
    return { server, database, url, env, neon };
  };
}

/** The same URL at a host of Neon's that nobody else names. */
export function nameNeonHost(url: string): string {
  const named = new URL(url);
  named.host = `ep-${crypto.randomUUID()}.eu-central-1.aws.neon.tech`;
  return named.href;
}
