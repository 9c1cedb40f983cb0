import { hasCode, TodoError } from "../../domain/errors.ts";
import type { PostgresAddress } from "./address.ts";
import type { PostgresConnection } from "./connection.ts";
import { GUARDED } from "./row-security.ts";
import { createScramVerifier } from "./scram.ts";
import { plain } from "../statement.ts";

/** The role that row-level security binds. It reads and writes rows and can change nothing else. */
const APP_ROLE = "todo_app";

/** The holder of this lock changes tables or rights. It is released at the end of the transaction. "todo" in ASCII. */
const LOCK = 0x746f646f;

/** Waits until nobody else changes tables or rights. */
export const TAKE_LOCK = plain(`select pg_advisory_xact_lock(${LOCK})`);

/** Gives the role its rights if it exists: rows of the tables that keep users apart, and reading the schema. */
export const RENEW_RIGHTS = plain(`
do $$
declare wanted record;
begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then return; end if;
  execute format('grant usage on schema %I to ${APP_ROLE}', current_schema());
  for wanted in
    select relname as name, case when relrowsecurity then 'select, insert, update, delete' else 'select' end as rights
    from pg_class
    where relkind = 'r' and relnamespace = (select oid from pg_namespace where nspname = current_schema())
      and (relname in ('migrations', 'replica') or relrowsecurity and relname in (${GUARDED}))
  loop
    execute format('grant %s on %I to ${APP_ROLE}', wanted.rights, wanted.name);
  end loop;
end $$`);

/** Fails if there are no tables yet to give rights on. */
const NEED_TABLES = plain("select 1 from migrations limit 1");

const DUPLICATE_OBJECT = "42710";
const UNIQUE_VIOLATION = "23505";
const INSUFFICIENT_PRIVILEGE = "42501";
const INTERNAL_ERROR = "XX000";

/** Creates the role and answers its connection URL, or null if it existed. Its rights are renewed in any case. */
export async function createAppRole(connection: PostgresConnection, address: PostgresAddress): Promise<string | null> {
  const password = crypto.getRandomValues(new Uint8Array(32)).toHex();
  // Neon keeps passwords itself and refuses what is made of one.
  const sent = address.neonEndpoint === undefined ? await createScramVerifier(password) : password;
  // It can't be a parameter. Both are of letters and digits without quotes.
  const create = plain(`create role ${APP_ROLE} login password '${sent}'`);
  const isThere = () => new TodoError("conflict", "the role is there already");
  const refusals = {
    [DUPLICATE_OBJECT]: isThere,
    // Roles belong to all databases of a server, and the lock to one.
    [UNIQUE_VIOLATION]: isThere,
    [INSUFFICIENT_PRIVILEGE]: () =>
      new TodoError("forbidden", `${address.place}: the role of this URL may not make roles or give rights`, {
        hints: ["Give the URL of one that may, with TODO_MIGRATE_URL or --db."],
      }),
    // Services that are built on Neon refuse the verifier so, at the commit.
    [INTERNAL_ERROR]: () =>
      new TodoError("unavailable", `${address.place}: the server could not make the role`, {
        hints: [
          `If it takes passwords alone, make the role yourself: create role ${APP_ROLE} login password '…'`,
          "Then run this again, which gives the role its rights.",
        ],
      }),
  };
  try {
    await connection.transaction([TAKE_LOCK, NEED_TABLES, create, RENEW_RIGHTS], { refusals });
  } catch (error) {
    if (!hasCode(error, "conflict")) throw error;
    await connection.transaction([TAKE_LOCK, RENEW_RIGHTS], { refusals });
    return null;
  }
  const url = new URL(address.given);
  url.username = APP_ROLE;
  url.password = password;
  return url.href;
}
