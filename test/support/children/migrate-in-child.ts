import { openPostgres } from "../../../src/db/postgres/database.ts";
import { describeFailure } from "./failure.ts";
import type { MigrateOrder, MigrateOutcome } from "./migrating.ts";
import { print } from "./print.ts";

// A process of its own that migrates a database, and prints how that went as its last line, which is JSON.

const { url, migrations }: MigrateOrder = JSON.parse(process.argv[2] ?? "");
print("begins");
print(JSON.stringify(await work()));

async function work(): Promise<MigrateOutcome> {
  try {
    const server = await openPostgres(url, {}, {}, migrations);
    const applied = await server.migrate();
    await server.store.close();
    return { applied };
  } catch (error) {
    return { error: describeFailure(error) };
  }
}
