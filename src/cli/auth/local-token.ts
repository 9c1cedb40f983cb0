import { isUnauthorized, TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import { readIdentity } from "../../contract/server-replies.ts";
import type { DatabaseFile } from "../../ports/database.ts";
import type { StoreFile } from "../../ports/store.ts";
import type { TokenSettings } from "../../services/tokens/settings.ts";
import { signToken } from "../../services/tokens/sign.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { askServer } from "../api-client/connection.ts";
import { findDatabase } from "../config/database-path.ts";
import { requireFile } from "../config/resolve-database-url.ts";
import type { Io } from "../platform/io.ts";
import type { Invocation } from "../invocation.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printNote } from "../output/print.ts";
import { readKeptSecret, readTrust } from "./tokens.ts";

const LIFETIME_S = 24 * 60 * 60;
/** The server is on this machine. */
const REPLY_TIMEOUT_MS = 2000;

/**
 * A token that names the database's owner to its server on this machine. Throws `usage` if none can be signed, and
 * `unauthorized` if the server that runs on this database refuses it.
 */
export async function makeLocalToken(invocation: Invocation): Promise<string> {
  const { io, db } = invocation;
  const { open } = requireFile(
    invocation,
    "auth token --local",
    "Tokens for a database on a server are those of your account there, or come from your auth server.",
  );
  const { token, file } = await signLocalToken(io, LIFETIME_S, async () => (await open()).file);
  if (file && invocation.format === "text") printNote(invocation, escapeControls(`Database: ${file.path}`));
  const path = findDatabase(io, db);
  // A database that is not there yet is served by nobody, and is not made for that.
  if (path !== undefined && io.fileExists(path)) await checkWithServer(io, await open(), token);
  return token;
}

/**
 * Such a token, whichever server there is. If no secret is set it is signed with that of the database's `file`, and only a server
 * of this very database takes it. Throws `usage` if there is nothing to sign with.
 */
export async function signLocalToken(
  io: Io,
  lifetimeS: number,
  findFile: () => Promise<StoreFile>,
): Promise<{ readonly token: string; readonly file?: StoreFile }> {
  const { tokens, isBare } = readTrust(io);
  const sign = (settings: TokenSettings) => signToken(settings, { user: LOCAL_USER, lifetimeS }, io.system.now());
  if (!isBare) return { token: await sign(tokens) };
  const file = await findFile();
  return { token: await sign({ ...tokens, secrets: [readKeptSecret(io, file).secret] }), file };
}

/** A server of this machine: the address where it listens, and the URL that leads there. */
export type LocalServer = { readonly address: string; readonly url: string };

/** The server that runs on a database, or null without one that this machine reaches by itself. */
export async function findLocalServer({ openReplica }: Pick<DatabaseFile, "openReplica">): Promise<LocalServer | null> {
  const address = await openReplica(LOCAL_USER).servedAt();
  if (address === null) return null;
  const url = toLoopback(address);
  // The address comes out of a file, and tokens of the owner must not leave this machine.
  return isLoopback(new URL(url).hostname) ? { address, url } : null;
}

/** Throws `unauthorized` if a server runs on the database and refuses the token. */
async function checkWithServer(io: Io, database: DatabaseFile, token: string): Promise<void> {
  const server = await findLocalServer(database);
  if (server === null) return;
  try {
    await askServer(io, server.url, readIdentity, {
      method: "GET",
      path: "/api/me",
      token,
      timeoutMs: REPLY_TIMEOUT_MS,
    });
  } catch (error) {
    if (!isUnauthorized(error)) return;
    throw new TodoError("unauthorized", `the server at ${server.address} takes no token of this database's owner`, {
      hints: [
        "One that others can reach takes those of its accounts: todo auth token",
        "One that was started with other settings, such as a secret, needs the same here.",
      ],
      cause: error,
    });
  }
}

/** The way from this machine to a server that listens on all of its addresses. */
function toLoopback(address: string): string {
  return address.replace("//0.0.0.0", "//127.0.0.1").replace("//[::]", "//[::1]");
}
