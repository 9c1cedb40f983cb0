import type { Command } from "commander";
import { readPlace } from "../../domain/database-url.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { findCredential, forgetCredential } from "../auth/credentials.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { requireUrl } from "../config/resolve-database-url.ts";
import { resolveServer, hostOf } from "../config/resolve-server.ts";
import { completeUrl } from "../config/server-url.ts";

export function registerLogout(program: Command, context: CommandContext): void {
  defineCommand(program, "logout", {
    summary: "log out of a server",
    examples: ["todo logout", "todo logout https://todo.example.com"],
  })
    .argument("[server]", "a URL or a host; default: the one you logged in to")
    .action((url: string | undefined, flags: CommonFlags) => logout(context.start(flags), url));
}

/**
 * Ends the session on the server and deletes the login. For a database it deletes the stored token, which stays valid
 * until its end.
 */
export async function logout(invocation: Invocation, given?: string): Promise<void> {
  const { io } = invocation;
  const server = resolveServer(invocation, given && completeUrl(given));
  if (server !== undefined) return logoutOfServer(invocation, server);
  const { name, origin: database } = readPlace(requireUrl(invocation, "logout"));
  printForgotten(invocation, { server: null, database: name }, await forgetCredential(io, database));
}

/** The local login is deleted in any case, because the user asked for that. */
async function logoutOfServer(invocation: Invocation, server: string): Promise<void> {
  const { io } = invocation;
  const kept = await findCredential(io, server);
  const refreshToken = kept?.credential.refreshToken;
  try {
    if (refreshToken !== undefined)
      await (await import("../api-client/logout.ts")).endSession(io, server, refreshToken);
  } finally {
    await forgetCredential(io, server);
  }
  printForgotten(invocation, { server, database: null }, kept !== undefined);
}

function printForgotten(
  invocation: Invocation,
  place: { readonly server: string; readonly database: null } | { readonly server: null; readonly database: string },
  forgotten: boolean,
): void {
  const { io, format } = invocation;
  const name = place.server !== null ? hostOf(place.server) : place.database;
  if (format === "json") printJson(invocation, { ...place, forgotten });
  else if (!forgotten) printNote(invocation, escapeControls(`You were not logged in to ${name}.`));
  else if (format !== "quiet") printText(invocation, escapeControls(`Logged out of ${name}`));
  if (io.env["TODO_TOKEN"]) printNote(invocation, "TODO_TOKEN is set and is used all the same.");
}
