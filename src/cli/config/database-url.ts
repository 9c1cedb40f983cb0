import { isDatabaseUrl, URL_FORM } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";

/** What looks like a URL and is none of ours. SQLite's `file:` is left to be the name of a file, as it was typed. */
const OTHER_URL = /^\s*(?:postgres(?:ql)?:|(?!file:)[a-z][\w+.-]*:\/\/)|postgres(?:ql)?:\/\//i;

/** The URL in a variable, or undefined where that is not set. Throws `usage` for anything else in it. */
export function readUrl(env: Io["env"], name: string): string | undefined {
  const text = env[name];
  if (!text || isDatabaseUrl(text)) return text || undefined;
  throw new TodoError("usage", `${name} is not the URL of a PostgreSQL database`, {
    hints: [URL_FORM, "Or leave it out, and name the database with --db."],
  });
}

/** Throws `usage` for a path that was meant to be a URL: as a path it would be repeated, with the password in it. */
export function refuseOtherUrl(path: string): void {
  if (!OTHER_URL.test(path)) return;
  throw new TodoError("usage", "the database is neither a file nor a postgres:// URL", { hints: [URL_FORM] });
}
