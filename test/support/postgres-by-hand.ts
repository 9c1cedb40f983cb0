import { afterEach } from "bun:test";
import { postgresMigrations } from "../../src/db/migrations.postgres.ts";
import { readPostgresAddress } from "../../src/db/postgres-address.ts";
import { createBunClient } from "../../src/db/postgres-bun.ts";
import type { Client } from "../../src/db/postgres-client.ts";
import { createPostgresConnection } from "../../src/db/postgres-connection.ts";
import { createPostgresEngine } from "../../src/db/postgres-engine.ts";
import { createSchema } from "../../src/db/postgres-schema.ts";
import type { Written } from "../../src/db/statement.ts";
import { createStore } from "../../src/db/store.ts";
import type { Store } from "../../src/domain/store.ts";

/** A store and the client that it works through. */
export type ByHand = { readonly store: Store; readonly client: Client };

/** Opens stores as the program does, through clients that something else was made of. They are closed after each test. */
export function useStoresByHand(): (url: string, wrap?: (client: Client) => Client) => ByHand {
  const opened: Store[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  return (url, wrap = (client) => client) => {
    const address = readPostgresAddress(url, {});
    const client = wrap(createBunClient(address, 10));
    const connection = createPostgresConnection(client, address.place);
    const rules = { migrations: postgresMigrations, requireRowSecurity: false, place: address.place };
    const store = createStore(createPostgresEngine(connection, createSchema(connection, rules)));
    opened.push(store);
    return { store, client };
  };
}

type Rewrite = (statement: Written) => Written;

/** A client that sends other statements than it is given, in reads, in writes or in both. */
export function rewriting(
  client: Client,
  { read, write }: { readonly read?: Rewrite; readonly write?: Rewrite },
): Client {
  const keep: Rewrite = (statement) => statement;
  return {
    ...client,
    query: (statement, limit) => client.query((read ?? keep)(statement), limit),
    transaction: (statements, attempt) => client.transaction(statements.map(write ?? keep), attempt),
  };
}
