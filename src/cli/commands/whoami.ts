import type { Command } from "commander";
import { readPlace } from "../../domain/database-url.ts";
import { endOf } from "../../services/tokens/identity.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../context.ts";
import { formatClock } from "../../domain/dates/format-date.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printJson, printText } from "../output/print.ts";
import { findLogin } from "../api-client/status.ts";
import type { ServerFlags, Invocation } from "../invocation.ts";
import { requireUrl } from "../config/resolve-database-url.ts";
import { resolveServer, hostOf } from "../config/resolve-server.ts";

export function registerWhoami(program: Command, context: CommandContext): void {
  defineCommand(program, "whoami", {
    quiet: "the name",
    summary: "show which account you are logged in to",
    examples: ["todo whoami", "todo whoami --json"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => whoami(context.start(flags), flags.server));
}

/**
 * Prints the user and the source of that knowledge. Throws `unauthorized` if nobody is logged in or the token is
 * invalid.
 */
export async function whoami(invocation: Invocation, given?: string): Promise<void> {
  const server = resolveServer(invocation, given);
  return server === undefined ? whoamiOnDatabase(invocation) : whoamiOnServer(invocation, server);
}

/** The user of the login. For TODO_TOKEN the server must be asked. */
async function whoamiOnServer(invocation: Invocation, server: string): Promise<void> {
  const { format, io } = invocation;
  const { user = null, email = null, source, expiresAt = null } = await findLogin(io, server);
  if (format === "json")
    return printJson(invocation, { user, email, server, database: null, source, expires_at: expiresAt });
  const proof = format === "quiet" ? "" : ` on ${hostOf(server)}, by the login in ${source}`;
  printText(invocation, escapeControls((email ?? user ?? "") + proof));
}

async function whoamiOnDatabase(invocation: Invocation): Promise<void> {
  const { io, format } = invocation;
  const url = requireUrl(invocation, "whoami", "Log in to a server with: todo login https://todo.example.com");
  const { identify, nameUser } = await import("../auth/identity.ts");
  const { withLazyDatabase } = await import("../auth/lazy-database.ts");
  const { identity, source } = await withLazyDatabase(io, url, (database) => identify(io, url, database));
  const { user } = identity;
  const end = endOf(identity);
  if (format === "json") {
    return printJson(invocation, {
      user,
      email: null,
      server: null,
      database: readPlace(url).name,
      source,
      expires_at: end,
    });
  }
  const until = end === null ? "" : `, until ${formatClock(end, io.system)}`;
  const proof = format === "quiet" ? "" : `, by the token of ${source}${until}`;
  printText(invocation, escapeControls(nameUser(identity) + proof));
}
