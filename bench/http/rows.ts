import { SQL } from "bun";
import { Database } from "bun:sqlite";

/** Rows by table, in an order that two sides share, without what each side makes by itself. */
export type Rows = Readonly<Record<"users" | "tasks" | "history", readonly unknown[]>>;

type Row = Readonly<Record<string, unknown>>;

/** What two servers make by themselves and so differs. */
const OWN = new Set(["id", "handle", "clock", "at", "created_at", "updated_at", "completed_at"]);

const QUERIES = {
  users: "select id, revision from users order by id",
  tasks: "select user_id, revision, registers from tasks order by user_id, revision",
  history: `select user_id, command, before, after, undoes from history where command <> 'import'
    order by user_id, clock, id`,
} as const;

/** What is in a database in a file. */
export function readFileRows(path: string): Rows {
  const raw = new Database(path, { readonly: true });
  const read = (sql: string) => raw.query<Row, []>(sql).all().map(withoutClocks);
  const rows = { users: read(QUERIES.users), tasks: read(QUERIES.tasks), history: read(QUERIES.history) };
  raw.close(true);
  return rows;
}

/** What is in a database on a server, read as a role that sees the rows of all users. */
export async function readServerRows(url: string): Promise<Rows> {
  const sql = new SQL(url, { max: 1 });
  const read = async (query: string) => [...(await sql.unsafe<Row[]>(query))].map(withoutClocks);
  const rows = {
    users: await read(QUERIES.users),
    tasks: await read(QUERIES.tasks),
    history: await read(QUERIES.history),
  };
  await sql.close();
  return rows;
}

/** Registers as the values that they hold, of a text or of what a driver makes of JSON. Numbers of 64 bits are texts to some. */
function withoutClocks(row: Row): unknown {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (name === "revision") return [name, Number(value)];
      if (!["registers", "before", "after"].includes(name)) return [name, value];
      const registers: Record<string, string> = JSON.parse(typeof value === "string" ? value : JSON.stringify(value));
      return [
        name,
        withoutOwn(Object.fromEntries(Object.entries(registers).map(([key, text]) => [key, text.slice(24)]))),
      ];
    }),
  );
}

/** A value in which everything that a server makes by itself says only that it is there. */
export function withoutOwn(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (OWN.has(key) && typeof member === "string" ? "own" : member)),
  );
}
