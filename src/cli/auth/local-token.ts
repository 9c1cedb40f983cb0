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
  const { tokens, isBare } = readTrust(io);
  const settings = isBare ? signLocally(invocation, tokens, (await open()).file) : tokens;
  const token = await signToken(settings, { user: LOCAL_USER, lifetimeS: LIFETIME_S }, io.system.now());
  const path = findDatabase(io, db);
  // A database that is not there yet is served by nobody, and is not made for that.
  if (path !== undefined && io.fileExists(path)) await checkWithServer(io, await open(), token);
  return token;
}

/** The settings with the database's own secret. Only a server of this very database takes what it signs. */
function signLocally(invocation: Invocation, tokens: TokenSettings, file: StoreFile): TokenSettings {
  const { secret } = readKeptSecret(invocation.io, file);
  if (invocation.format === "text") printNote(invocation, escapeControls(`Database: ${file.path}`));
  return { ...tokens, secrets: [secret] };
}

/** Throws `unauthorized` if a server runs on the database and refuses the token. */
async function checkWithServer(io: Io, { openReplica }: DatabaseFile, token: string): Promise<void> {
  const address = await openReplica(LOCAL_USER).servedAt();
  const server = toLoopback(address ?? "");
  // The address comes out of a file, and the token must not leave this machine.
  if (address === null || !isLoopback(new URL(server).hostname)) return;
  try {
    await askServer(io, server, readIdentity, { method: "GET", path: "/api/me", token, timeoutMs: REPLY_TIMEOUT_MS });
  } catch (error) {
    if (!isUnauthorized(error)) return;
    throw new TodoError("unauthorized", `the server at ${address} takes no token of this database's owner`, {
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
