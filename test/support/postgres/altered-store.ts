import { createAccountStore } from "../../../src/db/accounts/store.ts";
import { postgresMigrations } from "../../../src/db/postgres/migrations.ts";
import { readPostgresAddress } from "../../../src/db/postgres/address.ts";
import { createBunClient } from "../../../src/db/postgres/bun-client.ts";
import type { Client } from "../../../src/db/postgres/client.ts";
import { createPostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createPostgresEngine } from "../../../src/db/postgres/engine.ts";
import { createNeonClient } from "../../../src/db/postgres/neon-client.ts";
import { createSchema } from "../../../src/db/postgres/schema-check.ts";
import { createStore } from "../../../src/db/tasks/store.ts";
import { createSyncStore } from "../../../src/db/sync/store.ts";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";

/** What a test puts between the store and its real driver. */
export type Alter = (client: Client) => Client;

/** `requireRowSecurity` is true where nothing is said. */
type Place = {
  readonly url: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly requireRowSecurity?: boolean;
  /** 10 where nothing is said. */
  readonly connections?: number;
  readonly scanTimeoutMs?: number;
};

/** A store and what is beside it, and the client that they work through. */
export type ByHand = {
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly sync: SyncStore;
  readonly client: Client;
};

/** The store as the program opens it, over a driver that does something else beside. */
export function openAltered(place: Place, alter: Alter): Store {
  return openByHand(place, alter).store;
}

/** The same with all that belongs to it. */
export function openByHand(
  { url, env = {}, requireRowSecurity = true, connections = 10, scanTimeoutMs }: Place,
  alter: Alter,
): ByHand {
  const address = readPostgresAddress(url, env);
  const { place, neonEndpoint } = address;
  const driver =
    neonEndpoint === undefined ? createBunClient(address, connections) : createNeonClient(address, neonEndpoint);
  const client = alter(driver);
  const connection = createPostgresConnection(client, place);
  const schema = createSchema(connection, { migrations: postgresMigrations, requireRowSecurity, place });
  const engine = createPostgresEngine(connection, schema, {
    connections,
    ...(scanTimeoutMs !== undefined && { scanTimeoutMs }),
  });
  return {
    store: createStore(engine),
    accounts: createAccountStore(engine),
    sync: createSyncStore(engine),
    client,
  };
}

/** A driver that waits for other times for an answer, in milliseconds, which may depend on the values of what is asked. */
export function hurry(timeoutOf: (params: readonly unknown[]) => number): Alter {
  return (client) => ({
    ...client,
    query: (statement) => client.query(statement, timeoutOf(statement.params)),
    transaction: (statements, { progress }) => {
      const timeoutMs = timeoutOf(statements.flatMap(({ params }) => params));
      return client.transaction(statements, { timeoutMs, progress });
    },
  });
}

/** A driver whose transactions rest for some random milliseconds before their commit. */
export function dawdle(most: number): Alter {
  return (client) => ({
    ...client,
    transaction: async (statements, { timeoutMs, progress }) => {
      const rest = { text: "select pg_sleep($1::text::float8)", params: [String((Math.random() * most) / 1000)] };
      const answers = await client.transaction([...statements, rest], { timeoutMs, progress });
      return answers.slice(0, -1);
    },
  });
}

/** A driver that notes what goes wrong, which the store may have made good by another attempt. */
export function noteFaults(faults: unknown[]): Alter {
  const note = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      faults.push(error);
      throw error;
    }
  };
  return (client) => ({
    ...client,
    query: (statement, timeoutMs) => note(client.query(statement, timeoutMs)),
    transaction: (statements, attempt) => note(client.transaction(statements, attempt)),
  });
}
