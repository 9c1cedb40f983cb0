import { afterAll, setDefaultTimeout } from "bun:test";
import { createDatabase, dropDatabases, formatUrl, type TestDatabase } from "./databases.ts";
import { type PostgresServer, type ServerOptions, startServer } from "./server.ts";

export type { TestDatabase } from "./databases.ts";

/** A PostgreSQL of its own, for tests that end it or change what belongs to all databases. */
export type Cluster = PostgresServer & {
  /** Where a role of the tests reaches a database. The role `postgres` and a database of that name are always there. */
  readonly urlOf: (role: string, database: string) => string;
  readonly createDatabase: () => Promise<TestDatabase>;
};

/** Names the server of the whole run, by the URL of a superuser. */
export const SERVER_VARIABLE = "TODO_TEST_POSTGRES";

/** It takes long to start while all processors are busy with other tests. */
const TEST_TIMEOUT_MS = 30_000;

/** Starts a PostgreSQL, in less than a second. It is to be removed, and goes with this process at the latest. */
export async function startPostgres(options: ServerOptions = {}): Promise<Cluster> {
  const server = await startServer(options);
  const url = `postgres://127.0.0.1:${server.port}`;
  const urlOf = (role: string, database: string) => formatUrl(url, role, database);
  return { ...server, urlOf, createDatabase: () => createDatabase(urlOf("postgres", "postgres")) };
}

/** Starts clusters that are removed after the last test of the file. */
export function useClusters(): (options?: ServerOptions) => Promise<Cluster> {
  setDefaultTimeout(TEST_TIMEOUT_MS);
  const clusters: Cluster[] = [];
  afterAll(() => Promise.all(clusters.map((cluster) => cluster.remove())));
  return async (options) => {
    const cluster = await startPostgres(options);
    clusters.push(cluster);
    return cluster;
  };
}

let shared: Promise<Cluster> | undefined;
let users = 0;

/**
 * Makes databases that go after the last test of the file. They are on the server of the whole run, or on one that is
 * started for this file where there is none. Roles and their passwords are the same for all databases of a server.
 */
export function usePostgres(): () => Promise<TestDatabase> {
  const server = process.env[SERVER_VARIABLE];
  return server === undefined ? useOwnServer() : useServerOf(server);
}

function useServerOf(url: string): () => Promise<TestDatabase> {
  const names: string[] = [];
  afterAll(() => dropDatabases(url, names));
  return async () => {
    const database = await createDatabase(url);
    names.push(database.name);
    return database;
  };
}

/** The databases go with the server, after the last of all who use it. */
function useOwnServer(): () => Promise<TestDatabase> {
  setDefaultTimeout(TEST_TIMEOUT_MS);
  users += 1;
  afterAll(async () => {
    users -= 1;
    if (users > 0) return;
    const last = shared;
    shared = undefined;
    await (await last)?.remove();
  });
  return async () => (await (shared ??= startPostgres())).createDatabase();
}
