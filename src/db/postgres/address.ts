import { readFileSync } from "node:fs";
import { readPlace, URL_FORM } from "../../domain/database-url.ts";
import { codeOf, TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Where a database is and how it is reached. */
export type PostgresAddress = {
  /** As it was given, with the password. */
  readonly given: string;
  /** The same without its parameters, which each driver would read in a way of its own. */
  readonly url: URL;
  /** Host and name, for people. */
  readonly place: string;
  /** The address of Neon's HTTP endpoint, or `standard` for Neon's own. Absent if Neon's driver is not used. */
  readonly neonEndpoint?: string;
  /**
   * The check of the server's certificate. Absent if the connection stays on this machine and asks for no encryption.
   */
  readonly tls?: { readonly rejectUnauthorized: true; readonly ca?: string };
  /** Settings of the session, as the URL's `options` has them. */
  readonly options?: string;
};

const NEON = /(?:^|\.)neon\.tech$/;
const ENCRYPTED: ReadonlySet<string> = new Set(["require", "verify-ca", "verify-full"]);

/**
 * Reads the URL of a database. Throws `usage` for one that is not whole or would send data in the clear. No message repeats
 * the URL, because there is a password in it.
 */
export function readPostgresAddress(text: string, env: Env): PostgresAddress {
  const place = readPlace(text).name;
  const given = new URL(text);
  if (given.username === "") throw refuse("the database URL is incomplete", URL_FORM);
  const isNeon = NEON.test(given.hostname.toLowerCase());
  const tls = isNeon ? undefined : readTls(given);
  const options = given.searchParams.get("options");
  const url = new URL(given);
  url.search = "";
  return {
    given: text,
    url,
    place,
    ...(isNeon && { neonEndpoint: readEndpoint(env["TODO_NEON_ENDPOINT"]) }),
    ...(tls && { tls }),
    ...(options && { options }),
  };
}

/** Encryption always includes the check of the server's identity: without it anybody could answer. */
function readTls({ hostname, searchParams }: URL): PostgresAddress["tls"] {
  const mode = searchParams.get("sslmode");
  const isEncrypted = ENCRYPTED.has(mode ?? "");
  if (isLoopback(hostname.toLowerCase()) && !isEncrypted) return undefined;
  if (mode !== null && !isEncrypted) {
    throw refuse(
      "the sslmode of the URL would send tasks and passwords in the clear",
      "Leave sslmode out: the connection is then encrypted, and the server's certificate checked.",
    );
  }
  const path = searchParams.get("sslrootcert");
  return { rejectUnauthorized: true, ...(path && path !== "system" && { ca: readCertificate(path) }) };
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw refuse(`the file of sslrootcert can't be read (${codeOf(cause)})`, "Name a PEM file of the authority.");
  }
}

function readEndpoint(text: string | undefined): string {
  if (!text) return "standard";
  const url = URL.parse(text);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return url.href;
  throw refuse("TODO_NEON_ENDPOINT is neither https nor on this machine", "Leave it out for Neon itself.");
}

function refuse(message: string, hint: string): TodoError {
  return new TodoError("usage", message, { hints: [hint] });
}
