import { useDatabaseServers } from "./open.ts";
import { type TestDatabase, usePostgres } from "./postgres.ts";
import { share } from "../share.ts";

/** One database with all tables for the tests of a file, made when it is asked for first. */
export function useSharedDatabase(): () => Promise<TestDatabase> {
  const createDatabase = usePostgres();
  const open = useDatabaseServers();
  return share(async () => {
    const database = await createDatabase();
    await (await open(database.ownerUrl)).migrate();
    return database;
  });
}
