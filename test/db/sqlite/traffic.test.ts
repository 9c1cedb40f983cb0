import { createConnection } from "../../../src/db/sqlite/connection.ts";
import { createSqliteEngine } from "../../../src/db/sqlite/engine.ts";
import { sqliteMigrations as migrations } from "../../../src/db/sqlite/migrations.ts";
import { createDatabase } from "../../../src/db/sqlite/open.ts";
import { describeTraffic } from "../traffic-contract.ts";

const path = ":memory:";

describeTraffic("out of SQLite", async () => {
  const connection = createConnection(path, () => createDatabase({ path, migrations, lockTimeoutMs: 0 }));
  const engine = createSqliteEngine({ connection, path, migrations });
  return { engine, close: engine.close };
});
