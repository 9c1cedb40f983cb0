import { type SQL, sql } from "drizzle-orm";
import type { Registers } from "../../domain/task/registers.ts";
import { columns, type Row } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskTables } from "../tables/tasks.ts";
import { LIVE } from "../tasks/write-statements.ts";

const user = sql.placeholder("user");

const PROFILE_COLUMN = columns<TaskTables["users"]>()("registers");

export type ProfileRow = Row<typeof PROFILE_COLUMN>;

export function selectProfile(name: string): SQL<ProfileRow> {
  return sql<ProfileRow>`select ${PROFILE_COLUMN} from users where id = ${name}`;
}

/** user, node, fields: values as JSON text by their names. They get the user's present clock. */
export function stampProfile(dialect: Dialect): SQL<ProfileRow> {
  const clock = sql`${dialect.hex(sql.raw("users.clock"))} || ${sql.placeholder("node")}`;
  return mergeInto(dialect, dialect.stamp(dialect.json(sql.placeholder("fields")), clock));
}

/** user, registers */
export function mergeProfile(dialect: Dialect): SQL<ProfileRow> {
  return mergeInto(dialect, dialect.json(sql.placeholder("registers")));
}

/** The registers of a row of users, from what a driver answers. A user who was never seen has none. */
export function decodeProfile(dialect: Dialect, row: { readonly registers: unknown } | undefined): Registers {
  return row?.registers == null ? {} : dialect.decode(row.registers);
}

function mergeInto(dialect: Dialect, registers: SQL): SQL<ProfileRow> {
  return sql<ProfileRow>`
    update users set registers = ${dialect.merge(sql`users.registers`, registers)}
    where users.id = ${user} and ${LIVE} returning registers`;
}
