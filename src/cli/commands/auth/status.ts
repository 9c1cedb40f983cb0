import type { Command } from "commander";
import { hasCode } from "../../../domain/errors.ts";
import { type CommandContext, defineCommand, SERVER_OPTION } from "../../context.ts";
import { formatClock } from "../../../domain/dates/format-date.ts";
import { printFacts, printJson, printText } from "../../output/print.ts";
import { findLogin } from "../../api-client/status.ts";
import type { ServerFlags, Invocation } from "../../invocation.ts";
import { requireServer } from "../../config/resolve-server.ts";

export function registerAuthStatus(group: Command, context: CommandContext): void {
  defineCommand(group, "status", {
    quiet: "the state",
    summary: "show where and as whom you are logged in",
    examples: ["todo auth status", "todo auth status --json"],
  })
    .option(...SERVER_OPTION)
    .action((flags: ServerFlags) => authStatus(context.start(flags), flags.server));
}

/**
 * Prints the local facts of the login and its state on the server. Throws `unauthorized` if there is none or it has
 * ended.
 */
export async function authStatus(invocation: Invocation, given?: string): Promise<void> {
  const { io, format } = invocation;
  const server = requireServer(invocation, given);
  const state = await askState(invocation, server);
  // After the request, which may have renewed it.
  const login = await findLogin(io, server);
  const { user = null, email = null, source, token, expiresAt = null, refreshToken } = login;
  const masked = mask(token);
  const renews = refreshToken !== undefined;
  if (format === "json") {
    return printJson(invocation, {
      server,
      user,
      email,
      source,
      token: masked,
      expires_at: expiresAt,
      renews,
      state,
    });
  }
  if (format === "quiet") return printText(invocation, state);
  const end = expiresAt === null ? "never" : formatClock(expiresAt, io.system);
  printFacts(invocation, [
    ["server", server],
    ["user", email ?? user ?? "unknown"],
    ["login", source],
    ["token", masked],
    ["ends", renews ? `${end}, and is renewed by itself` : end],
    ["state", state],
  ]);
}

/** The server's answer, or that it is away. Refusals are thrown. */
async function askState({ io }: Invocation, server: string): Promise<"works" | "unknown: the server is away"> {
  const { askIdentity } = await import("../../api-client/identity.ts");
  try {
    await askIdentity(io, server);
    return "works";
  } catch (error) {
    if (hasCode(error, "unavailable")) return "unknown: the server is away";
    throw error;
  }
}

/** Enough to recognize the token, and not enough to use it. */
function mask(token: string): string {
  return `${token.startsWith("todo_pat_") ? "todo_pat_" : ""}…${token.slice(-4)}`;
}
