import { SQL } from "bun";
import { queryPostgres } from "./query.ts";
import { eventually } from "../server/server.ts";

/** A transaction of someone else, past the store, that holds what it has locked. */
export type Hold = {
  /** Resolves when so many others wait for it. */
  readonly untilWaiting: (count: number) => Promise<void>;
  readonly run: (text: string) => Promise<void>;
  /** Lets go and changes nothing. */
  readonly release: () => Promise<void>;
};

/** Begins a transaction that locks something in a database of the tests, as its superuser. */
export async function holdLock(url: string, statement: string): Promise<Hold> {
  const sql = new SQL(url, { max: 1 });
  const connection = await sql.reserve();
  await connection.unsafe("begin");
  const rows = await connection.unsafe<[number][]>("select pg_backend_pid()").values();
  const query = `select count(*) from pg_stat_activity where ${rows[0]?.[0]} = any (pg_blocking_pids(pid))`;
  await connection.unsafe(statement);
  return {
    untilWaiting: (count) =>
      eventually(`${count} wait for a lock`, async () => Number((await queryPostgres(url, query))[0]?.[0]) === count),
    run: async (text) => void (await connection.unsafe(text)),
    release: async () => {
      await connection.unsafe("rollback");
      await connection.release();
      await sql.close();
    },
  };
}
