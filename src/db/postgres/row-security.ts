import { TodoError } from "../../domain/errors.ts";
import type { PostgresConnection } from "./connection.ts";
import { plain } from "../statement.ts";

/** True, in a statement, if row-level security does not bind the role. */
export const BYPASSES = "(select rolsuper or rolbypassrls from pg_roles where rolname = current_user)";

/** The tables that keep users or accounts apart, as a list in a statement. */
export const GUARDED = [
  "users",
  "tasks",
  "history",
  "heads",
  "accounts",
  "sessions",
  "api_tokens",
  "device_codes",
  "invites",
  "auth_events",
]
  .map((name) => `'${name}'`)
  .join(", ");

const UNPROTECTED = `
  select c.relname as name from pg_class c
  where c.relkind in ('r', 'p') and c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
    and (c.relname in (${GUARDED}) or exists (
      select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped))
    and not (c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid))
  order by c.relname`;

/** Names of tables that have rows of users or accounts and no enabled and forced row-level security with a policy. */
export async function listUnprotected(connection: PostgresConnection): Promise<string[]> {
  const rows = await connection.query<{ name: string }>(plain(UNPROTECTED));
  return rows.map(({ name }) => name);
}

/** Throws `unavailable` unless the database itself keeps users apart. `bypasses` says that its policies don't bind the role. */
export async function requireRowSecurity(
  connection: PostgresConnection,
  { place, bypasses }: { readonly place: string; readonly bypasses: boolean },
): Promise<void> {
  if (bypasses) {
    throw refuse(`${place}: row-level security does not bind the role`, "todo db migrate --create-role");
  }
  const [name] = await listUnprotected(connection);
  if (name !== undefined) throw refuse(`${place}: row-level security does not protect ${name}`, "todo db status");
}

function refuse(message: string, see: string): TodoError {
  return new TodoError("unavailable", `${message}, and TODO_REQUIRE_RLS is set`, {
    hints: [`See: ${see}`],
    retryAfter: 30,
  });
}
