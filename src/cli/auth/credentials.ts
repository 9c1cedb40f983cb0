import { TodoError } from "../../domain/errors.ts";
import { type JsonObject, readJsonObject } from "../../services/tokens/strict-json.ts";
import { configFolder, findSetting } from "../config/config.ts";
import { hostOf } from "../config/resolve-server.ts";
import type { Io } from "../platform/io.ts";

/** A user's login at a server. */
export type Credential = {
  readonly token: string;
  /** Fetches a new token, if this one is valid for minutes only. */
  readonly refreshToken?: string;
  /** The expiry of the token in ISO 8601. */
  readonly expiresAt?: string;
  readonly user?: string;
  readonly email?: string;
};

/** A credential and its source: the path of a file, or the keychain. */
export type Kept = { readonly credential: Credential; readonly source: string };

/** The entries of the file by the base URL of a server, or the address of a database. Unknown members come from a later version. */
type Entries = Readonly<Record<string, JsonObject>>;

export const KEYCHAIN = "the keychain";

/** The path of the token file. Throws `usage` if the environment names no folder for it. */
export function credentialsPath({ env }: Io): string {
  const folder = configFolder(env);
  if (folder !== undefined) return `${folder}/credentials.json`;
  throw new TodoError("usage", "neither HOME nor XDG_CONFIG_HOME says where your tokens are", {
    hints: ["Set one of them, or give the token with TODO_TOKEN."],
  });
}

/**
 * The credential for a server. The file goes first: its entry was written when the keychain was not wanted or did not
 * work, so the keychain's is older. Throws `io_failed`, and `unauthorized` if the file is corrupt.
 */
export async function findCredential(io: Io, server: string): Promise<Kept | undefined> {
  const path = credentialsPath(io);
  const filed = readEntry((parse(io.readPrivateFile(path)) ?? refuseCorrupt(path))[server]);
  if (filed) return { credential: filed, source: path };
  const text = usesKeychain(io) ? await io.askKeychain(({ get }) => get(server)) : undefined;
  const credential = typeof text === "string" ? readText(text) : undefined;
  return credential && { credential, source: KEYCHAIN };
}

/**
 * Stores a credential for a server, in the keychain if that is wanted and works, else in the file. A corrupt file is
 * copied first, and the path of the copy is answered.
 */
export async function keepCredential(io: Io, server: string, credential: Credential): Promise<string | undefined> {
  const isInKeychain = usesKeychain(io) && (await putIntoKeychain(io, server, credential));
  const path = credentialsPath(io);
  let aside: string | undefined;
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  io.updatePrivateFile(path, (text) => {
    const entries = parse(text);
    if (!entries) aside = io.backUpCorrupt(path);
    const { [server]: before, ...others } = entries ?? {};
    if (!isInKeychain) return format({ ...entries, [server]: { ...before, ...toEntry(credential) } });
    return entries && before === undefined ? null : format(others);
  });
  return aside;
}

async function putIntoKeychain(io: Io, server: string, credential: Credential): Promise<boolean> {
  const text = JSON.stringify(toEntry(credential));
  const isKept = await io.askKeychain(async ({ set }) => {
    await set(server, text);
    return true;
  });
  return isKept === true;
}

/** The credential that `todo login` stored for a server. Throws `unauthorized` if there is none. */
export async function requireCredential(io: Io, server: string): Promise<Kept> {
  const kept = await findCredential(io, server);
  if (kept) return kept;
  throw new TodoError("unauthorized", `you are not logged in to ${hostOf(server)}`, {
    hints: [`Log in: todo login ${server}`],
  });
}

/** Deletes the credential of a server and answers whether there was one. Throws as `findCredential` does. */
export async function forgetCredential(io: Io, server: string): Promise<boolean> {
  const wasInKeychain = usesKeychain(io) && (await io.askKeychain((keychain) => keychain.delete(server)));
  return removeEntry(io, server) || wasInKeychain === true;
}

function removeEntry(io: Io, server: string): boolean {
  const path = credentialsPath(io);
  if ((parse(io.readPrivateFile(path)) ?? refuseCorrupt(path))[server] === undefined) return false;
  io.updatePrivateFile(path, (text) => {
    const { [server]: _, ...others } = parse(text) ?? refuseCorrupt(path);
    return format(others);
  });
  return true;
}

function usesKeychain(io: Io): boolean {
  return findSetting(io, "credential-store") === "keychain";
}

/** Empty if there is no file, null for a corrupt text. */
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

/** All members are set, so that none of the previous entry stays. */
function toEntry({ token, refreshToken, expiresAt, user, email }: Credential): JsonObject {
  return { token, refresh_token: refreshToken, expires_at: expiresAt, user, email };
}

function format(entries: Entries): string {
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function refuseCorrupt(path: string): never {
  throw new TodoError("unauthorized", `${path}: this is not what todo login writes`, {
    hints: ["Log in again, which keeps a copy of it: todo login"],
  });
}
