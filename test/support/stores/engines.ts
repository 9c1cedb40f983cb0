import { readPostgresAddress } from "../../../src/db/postgres/address.ts";
import { createBunClient } from "../../../src/db/postgres/bun-client.ts";
import { createPostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createPostgresEngine } from "../../../src/db/postgres/engine.ts";
import { postgresMigrations } from "../../../src/db/postgres/migrations.ts";
import { createSchema } from "../../../src/db/postgres/schema-check.ts";
import type { Engine } from "../../../src/db/engine.ts";
import { createConnection } from "../../../src/db/sqlite/connection.ts";
import { createSqliteEngine } from "../../../src/db/sqlite/engine.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createDatabase } from "../../../src/db/sqlite/open.ts";
import { usePostgresStores } from "../postgres/stores.ts";

/** What the stores of a database work over. */
export type OpenedEngine = { readonly engine: Engine; close(): Promise<void> };

/** One over a database in memory. */
export function openSqliteEngine(): OpenedEngine {
  const [path, migrations] = [":memory:", sqliteMigrations];
  const connection = createConnection(path, () => createDatabase({ path, migrations, lockTimeoutMs: 0 }));
  const engine = createSqliteEngine({ connection, path, migrations });
  return { engine, close: engine.close };
}

/** Opens them over databases that go after the last test of the file, as the role that row-level security binds. */
export function usePostgresEngines(): () => Promise<OpenedEngine> {
  const openDatabase = usePostgresStores();
  const migrations = postgresMigrations;
  return async () => {
    const { server, url, env } = await openDatabase("bun");
    await server.store.close();
    const address = readPostgresAddress(url, env);
    const connection = createPostgresConnection(createBunClient(address, 2), address.place);
    const schema = createSchema(connection, { migrations, requireRowSecurity: true, place: address.place });
    const engine = createPostgresEngine(connection, schema);
    return { engine, close: engine.close };
  };
}

/** The same engine, which fails in place of the unit of work that comes after so many. */
export function interrupt(engine: Engine, unitsBefore: number): Engine {
  let units = 0;
  return {
    ...engine,
    get node() {
      return engine.node;
    },
    atomically: (...asked) => {
      units += 1;
      if (units > unitsBefore) throw new Error("the server is gone");
      return engine.atomically(...asked);
    },
  };
}
