import { TodoError } from "../../domain/errors.ts";
import { readUrl } from "./database-url.ts";
import type { FilePlace, Target } from "./place.ts";

/** Variables with the URL of the database that a server serves, in order of precedence. */
export const SERVER_URL_VARIABLES = ["TODO_DATABASE_URL", "DATABASE_URL", "NEON_DB_URL"] as const;

/** The variable with the URL for the database's owner. */
export const OWNER_URL_VARIABLE = "TODO_MIGRATE_URL";

/**
 * The URL of the database: of `--db`, else of the first of these variables that is set, else of TODO_DB. Undefined if
 * the database is a file. Throws `usage`. Commands on the user's own tasks must not call this: in a project's folder
 * they would write into that project's database.
 */
export function resolveDatabaseUrl({ db, place, io }: Target, variables: readonly string[]): string | undefined {
  const name = db === undefined ? variables.find((each) => io.env[each]) : undefined;
  if (name !== undefined) return readUrl(io.env, name);
  return place.kind === "server" ? place.url : undefined;
}

/** The URL for `todo db`. Throws `usage` for a file. */
export function resolveOwnerUrl(target: Target, command: string): string {
  const url = resolveDatabaseUrl(target, [OWNER_URL_VARIABLE, ...SERVER_URL_VARIABLES]);
  if (url !== undefined) return url;
  throw new TodoError("usage", `todo db ${command} is for a database on a server`, {
    hints: [
      "Name it with --db or TODO_DATABASE_URL: postgres://user:password@host/database",
      "A file is brought up to date when it is opened: todo info",
    ],
  });
}

/** The URL of the database. Throws `usage` if it is a file; `instead` names alternatives. */
export function requireUrl({ place }: Pick<Target, "place">, command: string, ...instead: readonly string[]): string {
  if (place.kind === "server") return place.url;
  throw new TodoError("usage", `todo ${command} needs a server or a database on one`, {
    hints: [...instead, "Name a database with --db or TODO_DB: postgres://user:password@host/database"],
  });
}

/** The file with the tasks. Throws `usage` if they are on a server; `instead` says what to do there. */
export function requireFile(
  { place }: Pick<Target, "place">,
  command: string,
  ...instead: readonly string[]
): FilePlace {
  if (place.kind === "file") return place;
  throw new TodoError("usage", `todo ${command} is for a database in a file`, { hints: instead });
}
