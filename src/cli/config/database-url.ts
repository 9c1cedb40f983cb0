import { isDatabaseUrl, URL_FORM } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";

/** Looks like a URL, but of another kind. SQLite's `file:` stays the name of a file, as typed. */
const OTHER_URL = /^\s*(?:postgres(?:ql)?:|(?!file:)[a-z][\w+.-]*:\/\/)|postgres(?:ql)?:\/\//i;

/** The URL in a variable, or undefined if it is not set. Throws `usage` for any other text. */
export function readUrl(env: Io["env"], name: string): string | undefined {
  const text = env[name];
  if (!text || isDatabaseUrl(text)) return text || undefined;
  throw new TodoError("usage", `${name} is not the URL of a PostgreSQL database`, {
    hints: [URL_FORM, "Or leave it out, and name the database with --db."],
  });
}

/** Throws `usage` for a path that was meant as a URL: messages would repeat the path, with the password in it. */
export function refuseOtherUrl(path: string): void {
  if (!OTHER_URL.test(path)) return;
  throw new TodoError("usage", "the database is neither a file nor a postgres:// URL", { hints: [URL_FORM] });
}
