import { TodoError } from "./errors.ts";

/**
 * The name of a database for people, and the origin that tells it from others. Contains no user, password or parameter.
 */
export type DatabasePlace = { readonly name: string; readonly origin: string };

/** The form of a URL, for hints. */
export const URL_FORM = "Write it as: postgres://user:password@host/database";

const STANDARD_PORT = "5432";

/** Reads the name and origin from a database URL. Throws `usage` if it is incomplete. */
export function readPlace(url: string): DatabasePlace {
  const parsed = URL.parse(url);
  const host = parsed?.hostname.toLowerCase();
  const database = parsed ? readName(parsed) : "";
  if (!parsed || !host || database === "") {
    throw new TodoError("usage", "the database URL is incomplete", { hints: [URL_FORM] });
  }
  return {
    name: `${host}/${database}`,
    origin: `postgres://${host}:${parsed.port || STANDARD_PORT}${parsed.pathname}`,
  };
}

/** The name of the database. An @ in it means that the password was not encoded and that the name is a piece of it. */
function readName({ pathname, search, hash }: URL): string {
  if (/@/.test(pathname + search + hash)) return "";
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return "";
  }
}

/** True for the URL of a database on a server, false for the path of a file. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(text);
}
