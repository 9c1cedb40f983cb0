import { readPostgresAddress } from "../../../src/db/postgres/address.ts";
import { createBunClient } from "../../../src/db/postgres/bun-client.ts";
import { createPostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createPostgresEngine } from "../../../src/db/postgres/engine.ts";
import { postgresMigrations as migrations } from "../../../src/db/postgres/migrations.ts";
import { createSchema } from "../../../src/db/postgres/schema-check.ts";
import { usePostgresStores } from "../../support/postgres/stores.ts";
import { describeTraffic } from "../traffic-contract.ts";

const openDatabase = usePostgresStores();

describeTraffic("out of PostgreSQL", async () => {
  const { server, url, env } = await openDatabase("bun");
  await server.store.close();
  const address = readPostgresAddress(url, env);
  const connection = createPostgresConnection(createBunClient(address, 2), address.place);
  const schema = createSchema(connection, { migrations, requireRowSecurity: true, place: address.place });
  const engine = createPostgresEngine(connection, schema);
  return { engine, close: engine.close };
});
