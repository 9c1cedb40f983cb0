import { isDatabaseUrl } from "../domain/database.ts";
import { TodoError } from "../domain/errors.ts";
import type { Io } from "./io.ts";

const FORM = "Write it as: postgres://user:password@host/database";
const STANDARD_PORT = "5432";

/** What a database is called by people, and what its tokens are kept under. Nothing of a user, password or parameter. */
export type DatabasePlace = { readonly name: string; readonly origin: string };

/** What looks like a URL and is none of ours. SQLite's `file:` is left to be the name of a file, as it was typed. */
const OTHER_URL = /^\s*(?:postgres(?:ql)?:|(?!file:)[a-z][\w+.-]*:\/\/)/i;

/** Reads where the database of a URL is. Throws `usage` for one that is not whole. */
export function readPlace(url: string): DatabasePlace {
  const { hostname = "", port = "", pathname = "" } = URL.parse(url) ?? {};
  const host = hostname.toLowerCase();
  const database = pathname.slice(1);
  if (host === "" || database === "")
    throw new TodoError("usage", "the database's URL is not whole", { hints: [FORM] });
  return { name: `${host}/${database}`, origin: `postgres://${host}:${port || STANDARD_PORT}/${database}` };
}

/** The URL in a variable, or undefined where that is not set. Throws `usage` for anything else in it. */
export function readUrl(env: Io["env"], name: string): string | undefined {
  const text = env[name];
  if (!text || isDatabaseUrl(text)) return text || undefined;
  throw new TodoError("usage", `${name} is not the URL of a PostgreSQL database`, {
    hints: [FORM, "Or leave it out, and name the database with --db."],
  });
}

/** Throws `usage` for a path that was meant to be a URL: as a path it would be repeated, with the password in it. */
export function refuseOtherUrl(path: string): void {
  if (!OTHER_URL.test(path)) return;
  throw new TodoError("usage", "the database is neither a file nor a postgres:// URL", { hints: [FORM] });
}
