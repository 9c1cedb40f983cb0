import type { DatabaseStatus } from "../../ports/database.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { BREAKPOINT, type Migration, refuseNewer } from "../migrate.ts";
import type { PostgresConnection } from "./connection.ts";
import { BYPASSES, listUnprotected } from "./row-security.ts";
import { plain } from "../statement.ts";
import { RENEW_RIGHTS, TAKE_LOCK } from "./role.ts";

/** The migrations, and the database's name for people. */
export type Migrating = { readonly migrations: readonly Migration[]; readonly place: string };

/** A migration may have to rewrite a large table. */
const MIGRATION_TIMEOUT_MS = 3_600_000;

const UNIQUE_VIOLATION = "23505";
const UNDEFINED_COLUMN = "42703";
const DUPLICATE_TABLE = "42P07";
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * What comes before each migration, in its transaction. A row-level policy would hide rows from what fills a new column, and
 * nothing would say so; with `row_security` off that fails. A server that runs on Linux also looks whether the one that
 * migrates is still there, and else would hold the lock to the end.
 */
const PREPARE = [
  TAKE_LOCK,
  plain("set local row_security = off"),
  plain("set local lock_timeout = '60s'"),
  plain("set local statement_timeout = 0"),
  plain("select set_config('client_connection_check_interval', '1s', true) where version() like '%linux%'"),
  plain(`create table if not exists migrations (name text collate "C" primary key not null, applied_at text not null)`),
];

const ROLE = `
  select current_user as role, ${BYPASSES} as bypasses,
    case when has_schema_privilege('public', current_schema(), 'create') then quote_ident(current_schema()) end as open`;

type Role = { readonly role: string; readonly bypasses: boolean; readonly open: string | null };

/** Applies what is missing, each migration in one transaction. Of several processes that do so at once, each is applied by one. */
export async function migratePostgres(connection: PostgresConnection, migrating: Migrating): Promise<string[]> {
  const { migrations } = migrating;
  const applied = await readNames(connection, migrating);
  refuseNewer(applied, migrating);
  const pending = migrations.filter(({ name }) => !applied.includes(name));
  const done: string[] = [];
  for (const migration of pending) {
    if (await apply(connection, migration, migrating)) done.push(migration.name);
  }
  return done;
}

/** The migrations and the role of the database. */
export async function readStatus(connection: PostgresConnection, migrating: Migrating): Promise<DatabaseStatus> {
  const applied = await readNames(connection, migrating);
  const [role] = await connection.query<Role>(plain(ROLE));
  const unprotected = await listUnprotected(connection);
  const known = migrating.migrations.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
    role: role?.role ?? "",
    bypassesRowSecurity: role?.bypasses !== false,
    unprotected,
    openSchema: role?.open ?? null,
  };
}

/** Answers false if another process was faster. The name goes first, so that the slower one does nothing. */
async function apply(connection: PostgresConnection, { name, sql }: Migration, migrating: Migrating): Promise<boolean> {
  const note = { text: "insert into migrations (name, applied_at) values ($1, now()::text)", params: [name] };
  const statements = [...PREPARE, note, ...sql.split(BREAKPOINT).map(plain), RENEW_RIGHTS];
  const { place } = migrating;
  const refusals = {
    [UNIQUE_VIOLATION]: () =>
      new TodoError("conflict", `${place}: the migration ${name} does not fit the existing rows`),
    [DUPLICATE_TABLE]: () => createForeignError(place),
    [INSUFFICIENT_PRIVILEGE]: () => createForbiddenError(place),
  };
  try {
    await connection.transaction(statements, { timeoutMs: MIGRATION_TIMEOUT_MS, refusals });
    return true;
  } catch (error) {
    if (hasCode(error, "conflict") && (await readNames(connection, migrating)).includes(name)) return false;
    throw error;
  }
}

/** Of a table with this name that is another program's, the columns or the names are others. Ours is never empty. */
async function readNames(connection: PostgresConnection, { migrations, place }: Migrating): Promise<string[]> {
  const [begun] = await connection.query(plain("select 1 where to_regclass('migrations') is not null"));
  if (!begun) return [];
  const refusals = {
    [UNDEFINED_COLUMN]: () => createForeignError(place),
    [INSUFFICIENT_PRIVILEGE]: () => createForbiddenError(place),
  };
  const rows = await connection.query<{ name: string }>(plain("select name from migrations order by name"), refusals);
  const names = rows.map(({ name }) => name);
  const [first] = migrations;
  if (first && !names.includes(first.name)) throw createForeignError(place);
  return names;
}

function createForeignError(place: string): TodoError {
  return new TodoError("forbidden", `${place}: it has tables of another program with the names that todo needs`, {
    hints: ["Nothing was changed. Give todo a database of its own: create database todo"],
  });
}

function createForbiddenError(place: string): TodoError {
  return new TodoError("forbidden", `${place}: the role may not change the tables`, {
    hints: ["Give the owner's URL with TODO_MIGRATE_URL or --db."],
  });
}
