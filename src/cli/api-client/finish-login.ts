import { hasCode } from "../../domain/errors.ts";
import type { Synced } from "../../services/sync/synchronize.ts";
import { type Credential, findCredential, keepCredential } from "../auth/credentials.ts";
import { writeSetting } from "../config/changes.ts";
import { findSetting } from "../config/config.ts";
import { hostOf } from "../config/resolve-server.ts";
import type { Invocation } from "../invocation.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import type { Io } from "../platform/io.ts";
import { syncAfterLogin } from "../sync/first-sync.ts";
import { describeSynced, noteLosses } from "../sync/foreground-sync.ts";
import { endSession } from "./logout.ts";

/** A new login, the refresh token of the one before, and whether the local tasks may be uploaded without asking. */
type NewLogin = {
  readonly credential: Credential;
  readonly replaced: string | undefined;
  readonly isAgreed: boolean;
};

/**
 * The refresh token of the previous login. Throws whatever would prevent a new one, before any prompt. A corrupt file
 * is no obstacle: a copy of it is kept.
 */
export async function findReplaced(io: Io, server: string): Promise<string | undefined> {
  findSetting(io, "server");
  try {
    return (await findCredential(io, server))?.credential.refreshToken;
  } catch (error) {
    if (hasCode(error, "unauthorized")) return undefined;
    throw error;
  }
}

/** Keeps the credential, ends the session that it replaces if the server can be reached, and syncs. */
export async function finishLogin(
  invocation: Invocation,
  server: string,
  { credential, replaced, isAgreed }: NewLogin,
): Promise<void> {
  const { io, format } = invocation;
  const aside = await keepCredential(io, server, credential);
  if (replaced !== undefined) await endSession(io, server, replaced).catch(() => undefined);
  if (aside !== undefined)
    printNote(invocation, escapeControls(`The tokens that were kept could not be read. They are in ${aside}`));
  if (findSetting(io, "server") !== server && !io.env["TODO_SERVER"]) writeSetting(io, "server", server);
  if (io.env["TODO_TOKEN"]) printNote(invocation, "TODO_TOKEN is set and goes before this login.");
  const { user = null, email = null } = credential;
  if (format === "text") printText(invocation, escapeControls(`Logged in as ${email ?? user} to ${hostOf(server)}`));
  const synced = await follow(invocation, server, credential, isAgreed);
  if (format === "json")
    return printJson(invocation, { user, email, server, database: null, expires_at: null, synced });
  if (synced === null || format === "quiet") return;
  const done = describeSynced(synced);
  if (done !== null) printText(invocation, done);
  noteLosses(invocation, synced);
}

async function follow(
  invocation: Invocation,
  server: string,
  { user, email }: Credential,
  isAgreed: boolean,
): Promise<Synced | null> {
  if (user === undefined) return null;
  return syncAfterLogin(invocation, { server, user, name: email ?? user }, isAgreed);
}
