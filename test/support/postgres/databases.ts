import { SQL } from "bun";
import { PASSWORD } from "./server.ts";

/** A new and empty database with a URL for each kind of role. */
export type TestDatabase = {
  readonly name: string;
  readonly port: number;
  /** As a superuser. */
  readonly url: string;
  /** As its owner, who may make roles and is bound by row-level security that is forced. */
  readonly ownerUrl: string;
  /** As a role that owns nothing and has no rights but those of everyone. */
  readonly appUrl: string;
  /** As a member of the owner's role whom no row-level security binds, such as Neon's first role is. */
  readonly bypassUrl: string;
};

/** Roles belong to the whole cluster and processes ask for them at once: the lock lets one make them. */
const MAKE_ROLES = `
begin;
select pg_advisory_xact_lock(712041);
do $$ begin
  if exists (select from pg_roles where rolname = 'todo_bypass') then return; end if;
  create role todo_owner login createrole password '${PASSWORD}';
  create role todo_app login password '${PASSWORD}';
  create role todo_bypass login bypassrls createrole createdb password '${PASSWORD}';
  grant todo_owner to todo_bypass;
  -- What they had if they had made it.
  grant todo_app to todo_owner, todo_bypass with admin true, inherit false, set false;
end $$;
commit;
`;

/** Makes a database on the server that a superuser's URL names, and the roles where they aren't there. */
export async function createDatabase(url: string): Promise<TestDatabase> {
  const name = `todo_test_${crypto.randomUUID().replaceAll("-", "")}`;
  await runAll(url, [
    MAKE_ROLES,
    // Nobody is ever connected to template0, which would keep it from being copied.
    `create database ${name} owner todo_owner template template0
     encoding 'UTF8' locale 'C' locale_provider icu icu_locale 'da-DK'`,
  ]);
  const own = new URL(url);
  own.pathname = name;
  const urlOf = (role: string) => formatUrl(url, role, name);
  return {
    name,
    port: Number(own.port),
    url: own.href,
    ownerUrl: urlOf("todo_owner"),
    appUrl: urlOf("todo_app"),
    bypassUrl: urlOf("todo_bypass"),
  };
}

/** Removes databases, also from under whoever is connected. */
export async function dropDatabases(url: string, names: readonly string[]): Promise<void> {
  await runAll(
    url,
    names.map((name) => `drop database if exists ${name} with (force)`),
  );
}

/** The URL of a database on the same server, as one of the roles of the tests. */
export function formatUrl(server: string, role: string, database: string): string {
  const url = new URL(server);
  [url.username, url.password, url.pathname] = [role, PASSWORD, database];
  return url.href;
}

async function runAll(url: string, statements: readonly string[]): Promise<void> {
  const sql = new SQL(url, { max: 1 });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.close();
  }
}
