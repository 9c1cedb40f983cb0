import { codeOf, TodoError } from "../domain/errors.ts";
import { type RawDatabase, runTransaction } from "./sqlite/raw.ts";

export type Migration = { readonly name: string; readonly sql: string };

/** "todo" in ASCII: marks a SQLite file as ours (https://www.sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x746f646f;
/** Between two statements of a migration. */
export const BREAKPOINT = "--> statement-breakpoint";

/**
 * The names of the migrations that a database has. Throws `unreadable_store` for a SQLite file of another program and
 * `newer_store` for one that a later version of this one wrote. Only reads.
 */
export function readApplied(raw: RawDatabase, migrations: readonly Migration[]): string[] {
  const marked = raw.query<{ application_id: number }>("pragma application_id").get();
  if (marked?.application_id !== APPLICATION_ID) {
    throw new TodoError("unreadable_store", "it is a SQLite database of another program", {
      hints: ["Nothing was changed. Give another file with --db or TODO_DB."],
    });
  }
  const applied = listApplied(raw);
  refuseNewer(applied, { migrations });
  return applied;
}

/** The known migrations, and the database's name for people if the caller does not add it to the error. */
export type Known = { readonly migrations: readonly Migration[]; readonly place?: string };

/** Throws `newer_store` if the database has a migration that is not known here. */
export function refuseNewer(applied: readonly string[], { migrations, place }: Known): void {
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  const message = `a newer version of todo wrote it (${unknown.join(", ")})`;
  throw new TodoError("newer_store", place === undefined ? message : `${place}: ${message}`, {
    hints: ["Install the newest version of todo and try again. Nothing was changed."],
  });
}

/** Makes an empty database ours and applies every migration. */
export function migrateFresh(raw: RawDatabase, migrations: readonly Migration[]): void {
  raw.run(`pragma application_id = ${APPLICATION_ID}`);
  raw.run("create table if not exists migrations (name text primary key not null, applied_at text not null)");
  applyPending(raw, migrations);
}

/**
 * Applies what is missing, each migration in a transaction of its own, so that a killed one leaves the last whole state.
 * Another process may do the same at the same time: each looks again under the write lock.
 */
export function applyPending(raw: RawDatabase, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    runTransaction(raw, () => {
      if (listApplied(raw).includes(migration.name)) return;
      for (const statement of migration.sql.split(BREAKPOINT)) runStep(raw, statement, migration);
      raw.run("insert into migrations (name, applied_at) values (?, datetime('now'))", [migration.name]);
    });
  }
}

/** Throws `unreadable_store` for a statement that does not fit to what is there, such as a table that somebody has made by hand. */
function runStep(raw: RawDatabase, statement: string, { name }: Migration): void {
  try {
    raw.run(statement);
  } catch (cause) {
    // All others are of the disk or of another process.
    if (!/^SQLITE_(ERROR|CONSTRAINT)/.test(codeOf(cause) ?? "")) throw cause;
    throw new TodoError("unreadable_store", `it can't be brought up to date: the migration ${name} fails`, {
      hints: ["No task was changed. Put a backup in its place, or give another file with --db or TODO_DB."],
      cause,
    });
  }
}

/** Throws `newer_store` for a migration that this program does not know, and `unavailable` for one that it lacks. */
export function checkSchema(raw: RawDatabase, migrations: readonly Migration[]): void {
  const applied = readApplied(raw, migrations);
  const missing = migrations.find(({ name }) => !applied.includes(name));
  if (missing === undefined) return;
  throw new TodoError("unavailable", `the database lacks the migration ${missing.name}`, {
    hints: ["Start the program again: it brings the database up to date."],
    retryAfter: 5,
  });
}

function listApplied(raw: RawDatabase): string[] {
  return raw
    .query<{ name: string }>("select name from migrations order by name")
    .all()
    .map(({ name }) => name);
}
