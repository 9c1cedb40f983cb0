import { TodoError } from "../../domain/errors.ts";
import { type JsonObject, readJsonObject } from "../../services/tokens/strict-json.ts";
import { configFolder, findSetting } from "../config/config.ts";
import { hostOf } from "../config/resolve-server.ts";
import type { Io } from "../platform/io.ts";

/** What one is known by at an origin. */
export type Credential = {
  readonly token: string;
  /** With which a new token is got, where this one is good for minutes only. */
  readonly refreshToken?: string;
  /** When the token ends, in ISO 8601. */
  readonly expiresAt?: string;
  readonly user?: string;
  readonly email?: string;
};

/** A credential and where it is: the path of a file, or the keychain. */
export type Kept = { readonly credential: Credential; readonly source: string };

/** The entries of the file by origin. What else an entry has, a later version wrote. */
type Entries = Readonly<Record<string, JsonObject>>;

export const KEYCHAIN = "the keychain";

/** Where tokens are kept. Throws `usage` where nothing says where that is. */
export function credentialsPath({ env }: Io): string {
  const folder = configFolder(env);
  if (folder !== undefined) return `${folder}/credentials.json`;
  throw new TodoError("usage", "neither HOME nor XDG_CONFIG_HOME says where your tokens are", {
    hints: ["Set one of them, or give the token with TODO_TOKEN."],
  });
}

/**
 * What is kept for an origin. The file goes first: what lies there was kept when the keychain was not wanted or could not be used,
 * so that the keychain's is older. Throws `io_failed`, and `unauthorized` where the file is not what was written there.
 */
export async function findCredential(io: Io, origin: string): Promise<Kept | undefined> {
  const path = credentialsPath(io);
  const filed = readEntry((parse(io.readPrivateFile(path)) ?? refuseCorrupt(path))[origin]);
  if (filed) return { credential: filed, source: path };
  const text = usesKeychain(io) ? await io.askKeychain(({ get }) => get(origin)) : undefined;
  const credential = typeof text === "string" ? readText(text) : undefined;
  return credential && { credential, source: KEYCHAIN };
}

/**
 * Keeps a credential for an origin, in the keychain where that is wanted and works, else in the file. Where the file is not what
 * was written there, a copy of it stays, whose path is answered.
 */
export async function keepCredential(io: Io, origin: string, credential: Credential): Promise<string | undefined> {
  const isInKeychain = usesKeychain(io) && (await putIntoKeychain(io, origin, credential));
  const path = credentialsPath(io);
  let aside: string | undefined;
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  io.updatePrivateFile(path, (text) => {
    const entries = parse(text);
    if (!entries) aside = io.backUpCorrupt(path);
    const { [origin]: before, ...others } = entries ?? {};
    if (!isInKeychain) return format({ ...entries, [origin]: { ...before, ...toEntry(credential) } });
    return entries && before === undefined ? null : format(others);
  });
  return aside;
}

async function putIntoKeychain(io: Io, origin: string, credential: Credential): Promise<boolean> {
  const text = JSON.stringify(toEntry(credential));
  const isKept = await io.askKeychain(async ({ set }) => {
    await set(origin, text);
    return true;
  });
  return isKept === true;
}

/** What `todo login` has kept for a server. Throws `unauthorized` where it has nothing. */
export async function requireCredential(io: Io, origin: string): Promise<Kept> {
  const kept = await findCredential(io, origin);
  if (kept) return kept;
  throw new TodoError("unauthorized", `you are not logged in to ${hostOf(origin)}`, {
    hints: [`Log in: todo login ${origin}`],
  });
}

/** Forgets the credential of an origin and answers whether there was one. Throws as `findCredential` does. */
export async function forgetCredential(io: Io, origin: string): Promise<boolean> {
  const wasInKeychain = usesKeychain(io) && (await io.askKeychain((keychain) => keychain.delete(origin)));
  return removeEntry(io, origin) || wasInKeychain === true;
}

function removeEntry(io: Io, origin: string): boolean {
  const path = credentialsPath(io);
  if ((parse(io.readPrivateFile(path)) ?? refuseCorrupt(path))[origin] === undefined) return false;
  io.updatePrivateFile(path, (text) => {
    const { [origin]: _, ...others } = parse(text) ?? refuseCorrupt(path);
    return format(others);
  });
  return true;
}

function usesKeychain(io: Io): boolean {
  return findSetting(io, "credential-store") === "keychain";
}

/** Nothing where there is no file, null for a text that was not written here. */
function parse(text: string | null): Entries | null {
  if (text === null) return {};
  const found = readJsonObject(new TextEncoder().encode(text));
  return found && isEntries(found) ? found : null;
}

function isEntries(found: JsonObject): found is Entries {
  return Object.values(found).every(
    (entry) => typeof entry === "object" && entry !== null && "token" in entry && typeof entry.token === "string",
  );
}

function readText(text: string): Credential | undefined {
  return readEntry(readJsonObject(new TextEncoder().encode(text)) ?? undefined);
}

function readEntry(entry: JsonObject | undefined): Credential | undefined {
  const read = (name: string) => (typeof entry?.[name] === "string" ? entry[name] : undefined);
  const token = read("token");
  if (token === undefined) return undefined;
  const [refreshToken, expiresAt] = [read("refresh_token"), read("expires_at")];
  const [user, email] = [read("user"), read("email")];
  return {
    token,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(user !== undefined && { user }),
    ...(email !== undefined && { email }),
  };
}

/** All members are there, so that none of the entry before stays. */
function toEntry({ token, refreshToken, expiresAt, user, email }: Credential): JsonObject {
  return { token, refresh_token: refreshToken, expires_at: expiresAt, user, email };
}

function format(entries: Entries): string {
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function refuseCorrupt(path: string): never {
  throw new TodoError("unauthorized", `${path}: this is not what todo login writes`, {
    hints: ["Log in anew, which keeps a copy of it: todo login"],
  });
}
