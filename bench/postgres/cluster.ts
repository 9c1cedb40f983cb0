import { SQL } from "bun";
import { openPostgres } from "../../src/db/postgres/database.ts";
import type { Store } from "../../src/ports/store.ts";
import { startPostgres } from "../../test/support/postgres/postgres.ts";

/** A database of its own with the tasks of the sample. */
export type BenchDatabase = {
  /** As a superuser, who sees the rows of all. */
  readonly url: string;
  /** As the role that row-level security binds. */
  readonly appUrl: string;
  readonly drop: () => Promise<void>;
};

/** A PostgreSQL that loses nothing of what it has committed. */
export type BenchCluster = {
  readonly port: number;
  /** Its name and version, for people. */
  readonly version: string;
  readonly copySample: () => Promise<BenchDatabase>;
  readonly remove: () => Promise<void>;
};

/** Starts it, and makes a database that is filled once and then copied. */
export async function startCluster(fill: (store: Store) => Promise<void>): Promise<BenchCluster> {
  const cluster = await startPostgres({ durable: true });
  const admin = new SQL(cluster.urlOf("postgres", "postgres"), { max: 1 });
  const original = await cluster.createDatabase();
  const owner = await openPostgres(original.ownerUrl, {});
  await owner.migrate();
  await owner.store.close();
  const { store } = await openPostgres(original.appUrl, {}, { requireRowSecurity: true });
  await fill(store);
  await store.close();
  await tidyUp(original.url);
  const [row] = await admin.unsafe<{ version: string }[]>("select current_setting('server_version') as version");
  let copies = 0;
  return {
    port: cluster.port,
    version: `PostgreSQL ${row?.version}`,
    copySample: async () => {
      const name = `copy_${(copies += 1)}`;
      await admin.unsafe(`create database ${name} owner todo_owner template ${original.name}`);
      // What the copy has written is not to be on its way to the disk while something is measured.
      await admin.unsafe("checkpoint");
      return {
        url: cluster.urlOf("postgres", name),
        appUrl: cluster.urlOf("todo_app", name),
        drop: async () => void (await admin.unsafe(`drop database ${name} with (force)`)),
      };
    },
    remove: async () => {
      await admin.close();
      await cluster.remove();
    },
  };
}

/** Plans are made from what is known of the rows, and nobody is to find that out while something is measured. */
async function tidyUp(url: string): Promise<void> {
  const sql = new SQL(url, { max: 1 });
  await sql.unsafe("vacuum analyze");
  await sql.close();
}
