import { TodoError } from "./errors.ts";

/** What a database is called by people, and what tells it from others. Nothing of a user, a password or a parameter. */
export type DatabasePlace = { readonly name: string; readonly origin: string };

/** How a URL is to be written, for hints. */
export const URL_FORM = "Write it as: postgres://user:password@host/database";

const STANDARD_PORT = "5432";

/** Reads where the database of a URL is. Throws `usage` for one that is not whole. */
export function readPlace(url: string): DatabasePlace {
  const parsed = URL.parse(url);
  const host = parsed?.hostname.toLowerCase();
  const database = parsed ? readName(parsed) : "";
  if (!parsed || !host || database === "") {
    throw new TodoError("usage", "the URL of the database is not whole", { hints: [URL_FORM] });
  }
  return {
    name: `${host}/${database}`,
    origin: `postgres://${host}:${parsed.port || STANDARD_PORT}${parsed.pathname}`,
  };
}

/** The name of the database. An @ behind it is one of the password's that was not encoded, and the name a piece of that. */
function readName({ pathname, search, hash }: URL): string {
  if (/@/.test(pathname + search + hash)) return "";
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return "";
  }
}

/** True for what names a database on a server, false for the path of a file. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(text);
}
